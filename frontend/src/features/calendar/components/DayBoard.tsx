import { ResourcesDayView } from "@mantine/schedule";
import { memo } from "react";

import { localTimeOf, minuteOfDay } from "@/time/localTime";

import { appointmentBy } from "../entries";
import { gridProps } from "../grid";
import type { BoardProps } from "./boards";
import classes from "./Board.module.css";
import { resourceData, ResourceLabel } from "./ResourceLabel";
import { useStartScroll } from "./useStartScroll";

const HALF_HOUR_PX = 68;

/** A day with a row for each resource. */
export const DayBoard = memo(function DayBoard(props: BoardProps) {
  const { calendar, date, entries, hours, acts, onOnly } = props;
  const viewport = useStartScroll(date, startAt(props));
  return (
    <ResourcesDayView
      {...gridProps(acts, hours, calendar.zone)}
      className={classes.rows}
      date={date}
      resources={resourceData(calendar.resources)}
      renderResourceLabel={(row) => <ResourceLabel row={row} onOnly={onOnly} />}
      events={entries}
      intervalMinutes={30}
      slotWidth={HALF_HOUR_PX}
      rowHeight={76}
      maxEventsPerTimeSlot={3}
      scrollAreaProps={{ type: "auto", scrollbarSize: 8, viewportRef: viewport }}
      withDragSlotSelect
      onSlotDragEnd={({ rangeStart, rangeEnd, resourceId }) =>
        acts.markRange({ start: rangeStart, end: rangeEnd, resourceId: Number(resourceId) })
      }
      onTimeSlotClick={({ slotStart, resourceId }) => acts.bookAt(slotStart, Number(resourceId))}
    />
  );
});

const HOUR = 60;
const EIGHT = 8 * HOUR;

/** Returns how far right of the day's beginning it is to an hour before now, or on other days before the first entry. */
function startAt({ calendar: { zone }, date, entries, hours }: BoardProps): number {
  const now = localTimeOf(new Date(), zone);
  const starts = entries.filter(appointmentBy).map(({ start }) => minuteOfDay(String(start)));
  const from = now.startsWith(date) ? minuteOfDay(now) : starts.length > 0 ? Math.min(...starts) : EIGHT + HOUR;
  return Math.max(0, (Math.floor(from / HOUR) * HOUR - HOUR - hours.start) / 30) * HALF_HOUR_PX;
}
