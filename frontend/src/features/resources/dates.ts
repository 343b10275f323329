import type { DateOverride } from "@/api/shapes";
import { minuteOf } from "@/time/wallClock";
import type { Span } from "@/ui/TimeRange";

/** A date with all its entries. */
export interface OtherDate {
  date: string;
  rows: readonly DateOverride[];
  /** None on a closed date. */
  spans: readonly Span[];
  isBusinesss: boolean;
}

/** Returns the dates in order. A resource's own entries of a date stand in place of the business's. */
export function otherDates(own: readonly DateOverride[], business: readonly DateOverride[] = []): OtherDate[] {
  const ownDates = new Set(own.map(({ date }) => date));
  const inherited = business.filter(({ date }) => !ownDates.has(date));
  return [...grouped(own, false), ...grouped(inherited, true)].sort((one, other) => one.date.localeCompare(other.date));
}

function grouped(rows: readonly DateOverride[], isBusinesss: boolean): OtherDate[] {
  const dates = [...new Set(rows.map(({ date }) => date))];
  return dates.map((date) => {
    const sameDate = rows.filter((row) => row.date === date);
    return { date, rows: sameDate, spans: spansOf(sameDate), isBusinesss };
  });
}

function spansOf(rows: readonly DateOverride[]): Span[] {
  return rows
    .flatMap(({ opens, closes }) => (opens && closes ? [{ opens: minuteOf(opens), closes: minuteOf(closes) }] : []))
    .sort((one, other) => one.opens - other.opens);
}
