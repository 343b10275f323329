import { text } from "@/text";

import { offsetAt } from "./zone";

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

/** Returns a full hour, such as 9 AM or 09:00; 0 is midnight. */
export function fullHour(hour: number): string {
  return clockTime(new Date(Date.UTC(2000, 0, 1, hour)), "UTC");
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
