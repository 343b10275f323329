import { MobileMonthView } from "@mantine/schedule";
import { useMemo, useState } from "react";

import { dateInFull, longDate, noonOf } from "@/time/format";
import { localTimeOf } from "@/time/localTime";

import { appointmentBy, entriesOnce } from "../entries";
import { asEntry, labels } from "../grid";
import { agendaRow } from "./AgendaBoard";
import type { BoardProps } from "./boards";
import classes from "./Board.module.css";

/** A month for narrow windows: dots for appointments, and below them those of the chosen day. */
export function PhoneMonth({ calendar, date, acts }: BoardProps) {
  const [chosen, setChosen] = useState(date);
  const today = localTimeOf(new Date(), calendar.zone).slice(0, 10);
  const entries = useMemo(() => inColour(calendar), [calendar]);
  const shownDate = chosen.slice(0, 7) === date.slice(0, 7) ? chosen : date;
  return (
    <MobileMonthView
      className={classes.phoneMonth}
      date={date}
      selectedDate={shownDate}
      onSelectedDateChange={(picked) => setChosen(picked ?? date)}
      events={entries}
      highlightToday={false}
      getDayProps={(day) => ({
        mod: { now: day === today },
        "aria-selected": undefined,
        "aria-pressed": day === shownDate,
        "aria-label": dateInFull(day),
      })}
      eventsHeaderFormat={(local) => longDate(noonOf(local.slice(0, 10)), "UTC")}
      labels={labels}
      renderEvent={agendaRow(calendar)}
      onEventClick={(entry) => acts.openEntry(asEntry(entry))}
    />
  );
}

/** Here the library draws the dots, and with the colour it is told. */
function inColour(calendar: BoardProps["calendar"]) {
  const entries = entriesOnce(calendar.appointments, { ...calendar, carried: null });
  return entries.map((entry) => ({ ...entry, color: appointmentBy(entry)?.tone ?? entry.color }));
}
