import { UnstyledButton } from "@mantine/core";
import { AgendaView } from "@mantine/schedule";
import { memo } from "react";

import type { Appointment } from "@/api/shapes";
import { clockRange, longDate, noonOf } from "@/time/format";
import { StatusBadge } from "@/ui/StatusBadge";

import { namesOf } from "../drop";
import { appointmentBy, type RenderEntry } from "../entries";
import { asEntry, labels } from "../grid";
import type { Calendar } from "../useCalendar";
import classes from "./AgendaBoard.module.css";
import type { BoardProps } from "./boards";

/** The appointments of some days, one after the other. */
export const AgendaBoard = memo(function AgendaBoard({ calendar, entries, acts }: BoardProps) {
  const { dates } = calendar;
  return (
    <AgendaView
      className={classes.agenda}
      rangeStart={dates[0] ?? ""}
      rangeEnd={dates.at(-1) ?? ""}
      events={entries}
      labels={labels}
      dateHeaderFormat={(local) => longDate(noonOf(local.slice(0, 10)), "UTC")}
      renderEvent={agendaRow(calendar)}
      onEventClick={(entry) => acts.openEntry(asEntry(entry))}
    />
  );
});

/** Draws an appointment as a row of a list. */
export function agendaRow(calendar: Calendar): RenderEntry {
  return (entry, { className, onClick }) => {
    const shown = appointmentBy(entry);
    if (!shown) return <></>;
    return (
      <UnstyledButton className={`${className ?? ""} ${classes.row}`} onClick={onClick}>
        <span className={classes.bar} style={{ background: shown.tone }} />
        <Row appointment={shown.appointment} calendar={calendar} />
      </UnstyledButton>
    );
  };
}

function Row({ appointment, calendar }: { appointment: Appointment; calendar: Calendar }) {
  const { start_at, end_at, customer_name, service_name, resources, status } = appointment;
  return (
    <>
      <span className={classes.time}>{clockRange(new Date(start_at), new Date(end_at), calendar.zone)}</span>
      <span className={classes.what}>
        <span className={classes.customer} data-status={status}>
          {customer_name}
        </span>
        <span className={classes.service}>
          {service_name} · {namesOf(resources, calendar.allResources)}
        </span>
      </span>
      <StatusBadge status={status} />
    </>
  );
}
