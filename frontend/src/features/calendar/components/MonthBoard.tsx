import { MonthView } from "@mantine/schedule";
import { memo } from "react";

import { addDays } from "@/time/dates";
import { localTimeOf } from "@/time/localTime";

import { gridProps } from "../grid";
import { openings } from "../hours";
import { LINES_PER_DAY } from "../month";
import type { BoardProps } from "./boards";
import classes from "./Board.module.css";

/** A month, with as many appointments of each day as there is room for. */
export const MonthBoard = memo(function MonthBoard({ calendar, date, entries, hours, acts, onDay }: BoardProps) {
  const { renderEvent, canDragEvent, onEventClick, onEventDrop, labels } = gridProps(acts, hours, calendar.zone);
  const today = localTimeOf(new Date(), calendar.zone).slice(0, 10);
  const closed = closedDates(calendar);
  return (
    <MonthView
      className={classes.month}
      date={date}
      events={entries}
      maxEventsPerDay={LINES_PER_DAY}
      withHeader={false}
      // The library's own idea of today is the viewer's, not the business's.
      highlightToday={false}
      getDayProps={(day) => ({ mod: { now: day === today, closed: closed.has(day) } })}
      onDayClick={onDay}
      labels={labels}
      renderEvent={renderEvent}
      renderEventBody={gridProps(acts, hours, calendar.zone).renderEventBody}
      withEventsDragAndDrop
      canDragEvent={canDragEvent}
      onEventDrop={({ event, newStart }) => onEventDrop({ event, newStart })}
      onEventClick={onEventClick}
    />
  );
});

/** Returns the dates on which nobody who is shown works. */
function closedDates({ dates, resources, timetable, timeOff, zone }: BoardProps["calendar"]): ReadonlySet<string> {
  const offs = timeOff.map(({ resource, start_at, end_at }) => ({
    resource,
    start: localTimeOf(new Date(start_at), zone),
    end: localTimeOf(new Date(end_at), zone),
  }));
  const isOff = (id: number, date: string) =>
    offs.some(
      ({ resource, start, end }) =>
        (!resource || resource === id) && start <= `${date} 00:00:00` && end >= `${addDays(date, 1)} 00:00:00`,
    );
  const works = (date: string) =>
    resources.some((resource) => openings(resource, date, timetable, zone).length > 0 && !isOff(resource.id, date));
  return new Set(dates.filter((date) => !works(date)));
}
