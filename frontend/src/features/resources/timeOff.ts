import type { TimeOff } from "@/api/shapes";
import { hours as hoursText } from "@/text/hours";
import { addDays } from "@/time/dates";
import { dateInFull, dateRange } from "@/time/format";
import { clockOf, MINUTES_PER_DAY, type Minute, minuteOf, shownMinute } from "@/time/wallClock";

/** A moment on the clocks of the business. */
export interface Local {
  date: string;
  minute: Minute;
}

type Range = Pick<TimeOff, "start_at" | "end_at">;

/** Returns the local time of an instant as the server writes it: with the offset of the business's zone. */
export function localOf(instant: string): Local {
  return { date: instant.slice(0, 10), minute: minuteOf(instant.slice(11, 16)) };
}

/** Returns a local time as the server takes it; the midnight that ends a day begins the next. */
export function written({ date, minute }: Local): string {
  if (minute === MINUTES_PER_DAY) return `${addDays(date, 1)}T00:00:00`;
  return `${date}T${clockOf(minute)}:00`;
}

/** Returns the first and the last day of a range that has only whole days, null for any other. */
export function wholeDaysOf({ start_at, end_at }: Range): { first: string; last: string } | null {
  const start = localOf(start_at);
  const end = localOf(end_at);
  return start.minute === 0 && end.minute === 0 ? { first: start.date, last: addDays(end.date, -1) } : null;
}

/** Returns a range in words: dates where it has whole days, else dates and times. */
export function shownRange(range: Range): string {
  const days = wholeDaysOf(range);
  if (days) return days.first === days.last ? dateInFull(days.first) : dateRange(days.first, days.last);
  const start = localOf(range.start_at);
  const end = localOf(range.end_at);
  if (start.date === end.date) return `${dateInFull(start.date)}, ${shownMinute(start.minute)} – ${shownMinute(end.minute)}`;
  return `${moment(start)} – ${moment(end)}`;
}

/** Returns how long a range is: in days where it has whole ones, else in hours. */
export function shownLength(range: Range): string {
  const days = wholeDaysOf(range);
  if (days) return hoursText.timeOff.days((Date.parse(days.last) - Date.parse(days.first)) / 86_400_000 + 1);
  const minutes = Math.round((Date.parse(range.end_at) - Date.parse(range.start_at)) / 60_000);
  return minutes < 2 * MINUTES_PER_DAY
    ? hoursText.lasting(minutes)
    : hoursText.timeOff.days(Math.round(minutes / MINUTES_PER_DAY));
}

const moment = ({ date, minute }: Local) => `${dateInFull(date)}, ${shownMinute(minute)}`;
