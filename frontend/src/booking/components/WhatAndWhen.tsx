import { Text } from "@mantine/core";

import type { Resource, Service } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { differsFromViewers, zoneName } from "@/time/format";

import type { Draft, DraftErrors } from "../draft";
import classes from "./BookingForm.module.css";
import { ResourceSelect } from "./ResourceSelect";
import { ServiceSelect } from "./ServiceSelect";
import { WhenPicker } from "./WhenPicker";

interface WhatAndWhenProps {
  draft: Draft;
  errors: DraftErrors;
  services: readonly Service[] | undefined;
  resources: readonly Resource[] | undefined;
  onChange: (changes: Partial<Draft>) => void;
}

/** The half of a booking that is about the business: service, with whom, day and time. */
export function WhatAndWhen({ draft, errors, services, resources, onChange }: WhatAndWhenProps) {
  const service = services?.find(({ id }) => id === draft.serviceId);
  const chooseService = (serviceId: number | null) => {
    const able = services?.find(({ id }) => id === serviceId)?.resources ?? [];
    const keepsResource = draft.resourceId !== null && able.includes(draft.resourceId);
    // The time that a calendar was pressed at stays; one picked among another service's free times does not.
    const start = draft.serviceId === null ? draft.start : { ...draft.start, at: null };
    onChange({ serviceId, resourceId: keepsResource ? draft.resourceId : null, start });
  };
  return (
    <div className={classes.what}>
      <div className={classes.pair}>
        <ServiceSelect services={services} value={draft.serviceId} error={errors.service} onChange={chooseService} />
        <ResourceSelect
          service={service}
          resources={resources}
          value={draft.resourceId}
          error={errors.resources}
          onChange={(resourceId) => onChange({ resourceId, start: { ...draft.start, at: null } })}
        />
      </div>
      <WhenPicker
        serviceId={draft.serviceId}
        resourceId={draft.resourceId ?? undefined}
        value={draft.start}
        onChange={(start) => onChange({ start })}
      />
      {errors.start_at && (
        <Text size="sm" className={classes.error} role="alert">
          {errors.start_at}
        </Text>
      )}
      <ZoneNote />
    </div>
  );
}

/** Says in which zone the times are, for those whose clocks show others. */
function ZoneNote() {
  const { business } = useViewer();
  const now = new Date();
  if (!differsFromViewers(now, business.timezone)) return null;
  return (
    <Text size="xs" c="dimmed">
      {text.booking.zone(zoneName(now, business.timezone))}
    </Text>
  );
}
