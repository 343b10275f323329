import { hours as hoursText } from "@/text/hours";

import { clockTime } from "./format";

/** A time of day in minutes from midnight; 1440 is the midnight that ends the day. */
export type Minute = number;

export const MINUTES_PER_DAY: Minute = 1440;

const TYPED = /^(\d{1,2})(?:[:.h]?(\d{2})|h)?(am|pm)?$/;

/** Returns the minutes of a time as the API writes it, such as 09:30; 24:00 ends a day. */
export function minuteOf(clock: string): Minute {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

/** Returns a time as the API writes it, such as 09:30. */
export function clockOf(minute: Minute): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Returns a time as the viewer writes it, such as 9:30 AM or 09:30; the end of the day by its name. */
export function shownMinute(minute: Minute): string {
  if (minute === MINUTES_PER_DAY) return hoursText.midnight;
  return clockTime(new Date(Date.UTC(2000, 0, 1, 0, minute)), "UTC");
}

/** Returns what somebody typed as a time (9, 930, 9:30, 9.30, 9:30 pm, midnight), null for anything else. */
export function readMinute(typed: string): Minute | null {
  const plain = typed.toLowerCase().replaceAll(/[\s\u202f]|(?<=[ap])\.|(?<=m)\./g, "");
  if (plain === hoursText.midnight.toLowerCase()) return MINUTES_PER_DAY;
  const found = TYPED.exec(plain);
  if (found === null) return null;
  const [, hourText, minuteText = "0", half] = found;
  const hour = Number(hourText);
  const minute = Number(minuteText);
  if (minute > 59 || (half !== undefined && (hour < 1 || hour > 12))) return null;
  const total = (half === undefined ? hour : (hour % 12) + (half === "pm" ? 12 : 0)) * 60 + minute;
  return total <= MINUTES_PER_DAY ? total : null;
}
