/** Dates without a zone, written as 2026-03-29. */

const DAY = 24 * 3_600_000;

/** Returns the date `days` later. */
export function addDays(date: string, days: number): string {
  return written(parsed(date) + days * DAY);
}

/** Returns the same day of the month `months` later, or the last one where that month is shorter. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return written(Date.UTC(year, month - 1 + months, Math.min(day, lastDay)));
}

/** Returns the weekday as the API counts it: 0 is Monday. */
export function weekdayOf(date: string): number {
  return (new Date(parsed(date)).getUTCDay() + 6) % 7;
}

/** Returns the last date not after `date` that is a certain weekday, 0 for Monday. */
export function startOfWeek(date: string, firstWeekday: number): string {
  return addDays(date, -((weekdayOf(date) - firstWeekday + 7) % 7));
}

/** Returns the dates from `first` on, in order. */
export function datesFrom(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, position) => addDays(first, position));
}

/** Whether a text is a date that exists. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(parsed(text)) && written(parsed(text)) === text;
}

function parsed(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

function written(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
