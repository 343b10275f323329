import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";

import { resourcesQuery, servicesQuery } from "@/api/scheduling";
import type { Appointment } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { clockTime, weekdayDate } from "@/time/format";

import { useMove } from "../mutations";
import { NO_START } from "../start";
import classes from "./AppointmentDetails.module.css";
import { ResourceSelect } from "./ResourceSelect";
import { WhenPicker } from "./WhenPicker";

interface MovePanelProps {
  appointment: Appointment;
  onDone: () => void;
}

/** Finds another time for an appointment, with whom it is or with somebody else. */
export function MovePanel({ appointment, onDone }: MovePanelProps) {
  const { data: services } = useQuery(servicesQuery);
  const { data: resources } = useQuery(resourcesQuery);
  const [resourceId, setResourceId] = useState<number | null>(appointment.resources[0] ?? null);
  const [start, setStart] = useState(NO_START);
  const { mutate } = useMove();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const { at: startAt, isOutsideAllowed: allowOutsideHours } = start;
    if (startAt === null) return;
    mutate({ appointment, startAt, resources: partyWith(resourceId, appointment), allowOutsideHours });
    onDone();
  };
  return (
    <form className={classes.panel} onSubmit={submit}>
      <Text className={classes.heading}>{text.booking.drawer.moveHeading}</Text>
      <ResourceSelect
        service={services?.find(({ id }) => id === appointment.service)}
        resources={resources}
        value={resourceId}
        onChange={(chosen) => {
          setResourceId(chosen);
          setStart(NO_START);
        }}
      />
      <WhenPicker
        serviceId={appointment.service}
        resourceId={resourceId ?? undefined}
        startOn={new Date(appointment.start_at)}
        value={start}
        onChange={setStart}
      />
      <div className={classes.panelEnd}>
        <Button variant="default" onClick={onDone}>
          {text.booking.drawer.moveCancel}
        </Button>
        <MoveButton startAt={start.at} />
      </div>
    </form>
  );
}

function MoveButton({ startAt }: { startAt: Date | null }) {
  const { business } = useViewer();
  const words = text.booking.drawer;
  return (
    <Button type="submit" disabled={startAt === null}>
      {startAt
        ? words.moveTo(weekdayDate(startAt, business.timezone), clockTime(startAt, business.timezone))
        : words.moveChoose}
    </Button>
  );
}

/** Returns who takes part: everybody who does now, the one chosen instead with any that are free, or any that are. */
function partyWith(resourceId: number | null, { resources }: Appointment): number[] {
  if (resourceId === null) return [];
  return resourceId === resources[0] ? resources : [resourceId];
}
