import { text } from "@/text";

import { dateIn, offsetAt } from "./zone";

/** The viewer's own form of the language of the texts: a British viewer reads 15:30, an American one 3:30 PM. */
const locale = navigator.languages.find((name) => name.split("-")[0] === text.language) ?? text.language;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(instant: Date, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, known);
  return known.format(instant);
}

/** Returns a time of day in `zone`, such as 15:30. */
export function clockTime(instant: Date, zone: string): string {
  return format(instant, { timeZone: zone, hour: "numeric", minute: "2-digit" });
}

/** Returns a day in words, such as Friday, 20 November. */
export function longDate(instant: Date, zone: string): string {
  return format(instant, { timeZone: zone, weekday: "long", day: "numeric", month: "long" });
}

/** Returns a day without its weekday, such as 1 December. */
export function shortDate(instant: Date, zone: string): string {
  return format(instant, { timeZone: zone, day: "numeric", month: "long" });
}

/** Returns a day of any year, such as 2 Mar 2026. */
export function mediumDate(instant: Date, zone: string): string {
  return format(instant, { timeZone: zone, day: "numeric", month: "short", year: "numeric" });
}

/** Returns a moment of any year, such as 2 Mar 2026, 15:30. */
export function dateAndTime(instant: Date, zone: string): string {
  const day = { day: "numeric", month: "short", year: "numeric" } as const;
  return format(instant, { timeZone: zone, ...day, hour: "numeric", minute: "2-digit" });
}

/** Returns a date such as 2026-11-22 without its year, such as 22 Nov. */
export function dayAndMonth(date: string): string {
  return format(noonOf(date), { timeZone: "UTC", day: "numeric", month: "short" });
}

/** Returns a date such as 2026-11-22 with its weekday, such as Sun, 22 Nov 2026. */
export function dateInFull(date: string): string {
  const day = { day: "numeric", month: "short", year: "numeric" } as const;
  return format(noonOf(date), { timeZone: "UTC", weekday: "short", ...day });
}

/** Returns the month of a date such as 2026-11-22, such as Nov 2026. */
export function monthAndYear(date: string): string {
  return format(noonOf(date), { timeZone: "UTC", month: "short", year: "numeric" });
}

/** Returns the month of a date such as 2026-11-22 by its whole name, such as November 2026. */
export function monthInFull(date: string): string {
  return format(noonOf(date), { timeZone: "UTC", month: "long", year: "numeric" });
}

/** Returns a stretch of dates, such as 16 – 22 Nov 2026. */
export function dateRange(first: string, last: string): string {
  const day = { day: "numeric", month: "short", year: "numeric" } as const;
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...day }).formatRange(noonOf(first), noonOf(last));
}

/** Returns the noon of a date in UTC: shown in the zone UTC it is the date itself. */
export const noonOf = (date: string) => new Date(`${date}T12:00:00Z`);

/** Returns a day of the weeks around, such as Mon, 2 Mar. */
export function weekdayDate(instant: Date, zone: string): string {
  return format(instant, { timeZone: zone, weekday: "short", day: "numeric", month: "short" });
}

/** Returns the name of a weekday in short, such as Mon. */
export function weekdayName(instant: Date, zone: string): string {
  return format(instant, { timeZone: zone, weekday: "short" });
}

/** Returns the number of a day in its month, such as 2. */
export function dayNumber(instant: Date, zone: string): string {
  return format(instant, { timeZone: zone, day: "numeric" });
}

/** Returns from when to when something takes on one day, such as 15:30 – 16:15 or 3:30 – 4:15 PM. */
export function clockRange(from: Date, to: Date, zone: string): string {
  const range = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "numeric", minute: "2-digit" });
  return dateIn(from, zone) === dateIn(to, zone)
    ? range.formatRange(from, to)
    : `${range.format(from)} – ${range.format(to)}`;
}

/** Returns a full hour, such as 9 AM or 09:00; 0 is midnight. */
export function fullHour(hour: number): string {
  return clockTime(new Date(Date.UTC(2000, 0, 1, hour)), "UTC");
}

/** Returns a full hour where there is little room, such as 9 AM or 09:00. */
export function shortHour(hour: number): string {
  const short = format(new Date(Date.UTC(2000, 0, 1, hour)), { timeZone: "UTC", hour: "numeric" });
  return /\p{L}/u.test(short) ? short : fullHour(hour);
}

/** Returns how clocks of `zone` are called at `instant`, such as "New York (GMT-5)". */
export function zoneName(instant: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "short" }).formatToParts(instant);
  const short = parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
  return `${(zone.split("/").at(-1) ?? zone).replaceAll("_", " ")} (${short})`;
}

/** Whether clocks of `zone` show another time than the viewer's at `instant`. */
export function differsFromViewers(instant: Date, zone: string): boolean {
  return offsetAt(instant, zone) !== -instant.getTimezoneOffset() * 60_000;
}

/** Returns on which weekday the viewer's weeks begin, 0 for Monday. Not every browser knows; then it is Monday. */
export function firstWeekday(): number {
  const known: LocaleWithWeek = new Intl.Locale(navigator.language);
  const { firstDay } = known.getWeekInfo?.() ?? known.weekInfo ?? { firstDay: 1 };
  return firstDay - 1;
}

/** What newer and older browsers know about weeks: days are counted from 1, Monday, to 7. */
type LocaleWithWeek = Intl.Locale & {
  getWeekInfo?: () => { firstDay: number };
  weekInfo?: { firstDay: number };
};
