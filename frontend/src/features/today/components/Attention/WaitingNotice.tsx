import { Anchor, Text, UnstyledButton } from "@mantine/core";
import { Link } from "react-router";

import type { Appointment } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { useBookingDesk } from "@/booking/desk";
import { text } from "@/text";
import { clockTime, dayAndMonth } from "@/time/format";
import { dateIn } from "@/time/zone";

import classes from "./styles.module.css";

interface WaitingNoticeProps {
  heading: string;
  hint: string;
  /** The first of them; each opens. */
  appointments: readonly Appointment[];
  /** The way to all of them. */
  all: { to: string; label: string } | undefined;
}

/** Appointments that wait for somebody, and the way to each. */
export function WaitingNotice({ heading, hint, appointments, all }: WaitingNoticeProps) {
  const { timezone } = useViewer().business;
  const desk = useBookingDesk();
  return (
    <div className={classes.notice}>
      <Text fw={600} size="sm" className={classes.heading}>
        {heading}
      </Text>
      <Text size="sm" c="dimmed">
        {hint}
      </Text>
      <ul className={classes.rows}>
        {appointments.map(({ id, start_at, customer_name, service_name }) => (
          <li key={id}>
            <UnstyledButton className={classes.row} onClick={() => desk.show(id)}>
              <span className={classes.when}>{whenOf(new Date(start_at), timezone)}</span>
              <span className={classes.who}>{text.attention.appointment(customer_name, service_name)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {all && (
        <Anchor component={Link} to={all.to} size="sm">
          {all.label}
        </Anchor>
      )}
    </div>
  );
}

function whenOf(instant: Date, zone: string): string {
  return `${dayAndMonth(dateIn(instant, zone))}, ${clockTime(instant, zone)}`;
}
