import { ResourcesWeekView, WeekView } from "@mantine/schedule";
import { memo } from "react";

import { noonOf, weekdayDate, weekdayName } from "@/time/format";

import { gridProps } from "../grid";
import type { BoardProps } from "./boards";
import classes from "./Board.module.css";
import { resourceData, ResourceLabel } from "./ResourceLabel";
import { useStartScroll } from "./useStartScroll";

const HOUR_PX = 56;

/** A week: of one resource with a column for each day, of several with a row for each. */
export const WeekBoard = memo(function WeekBoard(props: BoardProps) {
  return props.calendar.resources.length === 1 ? <WeekOfOne {...props} /> : <WeekOfAll {...props} />;
});

const dayLabel = (local: string) => weekdayDate(noonOf(local.slice(0, 10)), "UTC");
const weekdayLabel = (local: string) => weekdayName(noonOf(local.slice(0, 10)), "UTC");

function WeekOfOne({ calendar, date, entries, hours, acts, onDay }: BoardProps) {
  const resourceId = calendar.resources[0]?.id;
  const { onEventDrop: drop, ...grid } = gridProps(acts, hours, calendar.zone);
  return (
    <WeekView
      {...grid}
      className={classes.columns}
      date={date}
      events={entries}
      intervalMinutes={30}
      slotHeight={72}
      weekdayFormat={weekdayLabel}
      withWeekNumber={false}
      withAllDaySlots={false}
      highlightToday
      scrollAreaProps={{ type: "auto", scrollbarSize: 8 }}
      onEventDrop={({ event, newStart }) => drop({ event, newStart })}
      onDateChange={onDay}
      withDragSlotSelect
      onSlotDragEnd={(start, end) => acts.markRange({ start, end, resourceId })}
      onTimeSlotClick={({ slotStart }) => acts.bookAt(slotStart, resourceId)}
    />
  );
}

function WeekOfAll({ calendar, date, entries, hours, acts, onOnly }: BoardProps) {
  const slotsPerDay = Math.ceil((hours.end - hours.start) / 60);
  const viewport = useStartScroll(date, calendar.dates.indexOf(date) * slotsPerDay * HOUR_PX);
  return (
    <ResourcesWeekView
      {...gridProps(acts, hours, calendar.zone)}
      className={classes.rows}
      date={date}
      resources={resourceData(calendar.resources)}
      renderResourceLabel={(row) => <ResourceLabel row={row} onOnly={onOnly} />}
      events={entries}
      intervalMinutes={60}
      slotWidth={HOUR_PX}
      rowHeight={64}
      weekdayFormat={dayLabel}
      maxEventsPerTimeSlot={3}
      scrollAreaProps={{ type: "auto", scrollbarSize: 8, viewportRef: viewport }}
      withDragSlotSelect
      onSlotDragEnd={({ rangeStart, rangeEnd, resourceId }) =>
        acts.markRange({ start: rangeStart, end: rangeEnd, resourceId: Number(resourceId) })
      }
      onTimeSlotClick={({ slotStart, resourceId }) => acts.bookAt(slotStart, Number(resourceId))}
    />
  );
}
