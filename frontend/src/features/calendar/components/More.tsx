import { Popover, UnstyledButton, VisuallyHidden } from "@mantine/core";
import type { CSSProperties } from "react";
import { Link } from "react-router";

import { useViewer } from "@/api/viewer";
import { useBookingDesk } from "@/booking/desk";
import { paths } from "@/paths";
import { text } from "@/text";
import { clockTime, longDate, noonOf } from "@/time/format";

import type { Shown } from "../entries";
import classes from "./More.module.css";

interface MoreProps {
  shown: Shown & { kind: "more" };
  className: string;
  style: CSSProperties | undefined;
}

/** The last line of a full day in the month: how much more there is, and on request all of it. */
export function More({ shown: { date, appointments, hidden }, className, style }: MoreProps) {
  const day = longDate(noonOf(date), "UTC");
  return (
    <Popover width={280} position="bottom-start" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <UnstyledButton className={className} style={style} data-more={date}>
          <span aria-hidden>{text.calendar.more(hidden)}</span>
          <VisuallyHidden>{text.calendar.moreOn(hidden, day)}</VisuallyHidden>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={text.calendar.dayHeading(day, appointments.length)}>
        <div className={classes.head}>
          <strong>{day}</strong>
          <Link to={`${paths.calendar}?${new URLSearchParams({ date }).toString()}`} className={classes.open}>
            {text.calendar.openDay}
          </Link>
        </div>
        <Lines appointments={appointments} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Lines({ appointments }: Pick<MoreProps["shown"], "appointments">) {
  const { timezone } = useViewer().business;
  const { show } = useBookingDesk();
  return (
    <ul className={classes.lines}>
      {appointments.map(({ id, start_at, customer_name, service_name, status }) => (
        <li key={id}>
          <UnstyledButton className={classes.line} data-status={status} onClick={() => show(id)}>
            <span className={classes.time}>{clockTime(new Date(start_at), timezone)}</span>
            <span className={classes.what}>
              <span className={classes.customer}>{customer_name}</span>
              <span className={classes.service}>{service_name}</span>
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
