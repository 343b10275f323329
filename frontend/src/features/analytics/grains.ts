const DAY_MS = 24 * 3_600_000;
const MOST_SINGLE_DAYS = 92;
const MOST_DAYS_IN_WEEKS = 731;

/** How much of the calendar one bar stands for. */
export type Grain = "day" | "week" | "month";

/** Days that share a bar; the first and the last week or month of a window may be cut short. */
export interface Bucket<Row> {
  first: string;
  last: string;
  rows: readonly Row[];
}

/** Returns how finely a window is drawn, so that bars stay wide enough to be told apart. */
export function grainOf(days: number): Grain {
  if (days <= MOST_SINGLE_DAYS) return "day";
  return days <= MOST_DAYS_IN_WEEKS ? "week" : "month";
}

/** Returns the days of a window, oldest first, by what they share. Weeks begin on Monday. */
export function bucketsOf<Row extends { date: string }>(rows: readonly Row[], grain: Grain): Bucket<Row>[] {
  const buckets = new Map<string, Row[]>();
  for (const row of rows) {
    const key = startOf(row.date, grain);
    buckets.set(key, [...(buckets.get(key) ?? []), row]);
  }
  return [...buckets.values()].map((days) => ({
    first: days[0]?.date ?? "",
    last: days.at(-1)?.date ?? "",
    rows: days,
  }));
}

/** Returns the weekday of a date such as 2026-11-22: 0 is Monday. */
export function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

function startOf(date: string, grain: Grain): string {
  if (grain === "day") return date;
  if (grain === "month") return date.slice(0, 7);
  return new Date(Date.parse(`${date}T00:00:00Z`) - weekdayOf(date) * DAY_MS).toISOString().slice(0, 10);
}
