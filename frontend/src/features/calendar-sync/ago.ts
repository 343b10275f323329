import { calendarSync as syncText } from "@/text/calendarSync";
import { dateAndTime } from "@/time/format";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Returns how long ago something was, such as "3 min ago"; what is over a day ago has its date. */
export function agoOf(instant: string, now: Date, zone: string): string {
  const elapsed = now.getTime() - Date.parse(instant);
  if (elapsed < MINUTE_MS) return syncText.ago.now;
  if (elapsed < HOUR_MS) return syncText.ago.minutes(Math.floor(elapsed / MINUTE_MS));
  if (elapsed < DAY_MS) return syncText.ago.hours(Math.floor(elapsed / HOUR_MS));
  return dateAndTime(new Date(instant), zone);
}
