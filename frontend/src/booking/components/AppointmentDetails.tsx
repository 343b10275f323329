import { Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { resourcesQuery } from "@/api/scheduling";
import type { Appointment } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { clockRange, differsFromViewers, longDate, zoneName } from "@/time/format";
import { useNow } from "@/time/useNow";
import { StatusBadge } from "@/ui/StatusBadge";

import { isOpen } from "../acts";
import { useFocusKept } from "../useFocusKept";
import { Acts } from "./Acts";
import classes from "./AppointmentDetails.module.css";
import { CustomerCard } from "./CustomerCard";
import { EventHistory } from "./EventHistory";
import { Facts } from "./Facts";
import { MovePanel } from "./MovePanel";
import { Notes } from "./Notes";

const CLOCK_RENEWED_MS = 15_000;

interface AppointmentDetailsProps {
  appointment: Appointment;
  /** Whether it opens with the choice of another time, where it can still be moved. */
  startsMoving?: boolean;
  /** Told when something leads away from the appointment. */
  onLeave: () => void;
}

export function AppointmentDetails({ appointment, startsMoving = false, onLeave }: AppointmentDetailsProps) {
  const { data: resources = [] } = useQuery(resourcesQuery);
  const [isMoving, setMoving] = useState(startsMoving && isOpen(appointment));
  const now = useNow(CLOCK_RENEWED_MS);
  const top = useFocusKept<HTMLElement>(`${appointment.status} ${isMoving}`);
  return (
    <>
      <section ref={top} tabIndex={-1} className={classes.section}>
        <Headline appointment={appointment} />
        {isMoving ? (
          <MovePanel appointment={appointment} onDone={() => setMoving(false)} />
        ) : (
          <Acts appointment={appointment} now={now} onMove={() => setMoving(true)} />
        )}
      </section>
      <section className={classes.section}>
        <CustomerCard appointment={appointment} onLeave={onLeave} />
      </section>
      <section className={classes.section}>
        <Facts appointment={appointment} resources={resources} onLeave={onLeave} />
      </section>
      <section className={classes.section}>
        <Notes key={appointment.id} appointment={appointment} />
      </section>
      <section className={classes.section}>
        <EventHistory appointment={appointment} resources={resources} />
      </section>
    </>
  );
}

function Headline({ appointment }: { appointment: Appointment }) {
  const { business } = useViewer();
  const zone = business.timezone;
  const startAt = new Date(appointment.start_at);
  return (
    <div className={classes.headline} data-status={appointment.status}>
      <StatusBadge status={appointment.status} />
      <Title order={3} className={classes.what}>
        {appointment.service_name}
      </Title>
      <Text className={classes.when}>
        <time dateTime={appointment.start_at}>
          {longDate(startAt, zone)} · {clockRange(startAt, new Date(appointment.end_at), zone)}
        </time>
      </Text>
      {differsFromViewers(startAt, zone) && (
        <Text size="sm" c="dimmed">
          {text.booking.zone(zoneName(startAt, zone))}
        </Text>
      )}
    </div>
  );
}
