import type { CSSProperties } from "react";

import type { Appointment, Resource } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { money } from "@/text/money";
import { dateAndTime } from "@/time/format";

import classes from "./AppointmentDetails.module.css";
import { CalendarCopies } from "./CalendarCopies";

interface FactsProps {
  appointment: Appointment;
  resources: readonly Resource[];
  onLeave: () => void;
}

/** With whom, for how much, how it was booked, and in which calendars it stands. */
export function Facts({ appointment, resources, onLeave }: FactsProps) {
  const { business } = useViewer();
  const { drawer } = text.booking;
  const taking = appointment.resources.flatMap((id) => resources.find((resource) => resource.id === id) ?? []);
  return (
    <dl className={classes.facts}>
      <dt>{drawer.with}</dt>
      <dd className={classes.resources}>
        {taking.map(({ id, name, color }) => (
          <span key={id} className={classes.resource} style={{ "--resource": color } as CSSProperties}>
            {name}
          </span>
        ))}
      </dd>
      <dt>{drawer.price}</dt>
      <dd>{money(appointment.price_cents, appointment.currency)}</dd>
      <dt>{drawer.booked}</dt>
      <dd>
        {dateAndTime(new Date(appointment.created_at), business.timezone)}, {drawer.sources[appointment.source]}
      </dd>
      <CalendarCopies appointment={appointment} onLeave={onLeave} />
    </dl>
  );
}
