import type { AppointmentStatistics, AppointmentStatus, RevenueStatistics } from "@/api/shapes";

import { statuses } from "./filters";
import { weekdayOf } from "./grains";

type Counts = Readonly<Record<AppointmentStatus, number>>;
type CountedDay = AppointmentStatistics["daily_breakdown"][number];

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** What the window just before held. */
export interface AppointmentsBefore {
  total: number;
  byStatus: Counts;
  cancellationRate: number;
  noShowRate: number;
}

export interface RevenueBefore {
  cents: number;
  payments: number;
}

/** How many appointments one weekday of the window had, and how many such days there were. */
export interface Weekday {
  name: string;
  count: number;
  days: number;
  average: number;
}

/** Returns the counts of several days together. */
export function countsOf(days: readonly Pick<CountedDay, "status_breakdown">[]): Counts {
  const sum = (status: AppointmentStatus) =>
    days.reduce((total, { status_breakdown }) => total + status_breakdown[status], 0);
  return {
    pending: sum("pending"),
    confirmed: sum("confirmed"),
    completed: sum("completed"),
    cancelled: sum("cancelled"),
    no_show: sum("no_show"),
  };
}

/**
 * Returns what the window before held, from the answer for a window twice as long: its older half. Undefined when the two
 * answers are not about the same day, which is possible at midnight.
 */
export function appointmentsBefore(
  window: AppointmentStatistics,
  twice: AppointmentStatistics,
): AppointmentsBefore | undefined {
  const days = olderHalf(window.daily_breakdown, twice.daily_breakdown);
  if (days === undefined) return undefined;
  const byStatus = countsOf(days);
  const total = statuses.reduce((sum, status) => sum + byStatus[status], 0);
  const rate = (part: number) => (total === 0 ? 0 : (100 * part) / total);
  return { total, byStatus, cancellationRate: rate(byStatus.cancelled), noShowRate: rate(byStatus.no_show) };
}

/** Returns what the window before earned, likewise. */
export function revenueBefore(window: RevenueStatistics, twice: RevenueStatistics): RevenueBefore | undefined {
  const days = olderHalf(window.daily_breakdown, twice.daily_breakdown);
  return (
    days && {
      cents: days.reduce((sum, { revenue_cents }) => sum + revenue_cents, 0),
      payments: days.reduce((sum, { transaction_count }) => sum + transaction_count, 0),
    }
  );
}

/** Returns the weekdays that the window has, from Monday on. */
export function weekdaysOf(days: readonly CountedDay[]): Weekday[] {
  return WEEKDAYS.map((name, position) => {
    const same = days.filter(({ date }) => weekdayOf(date) === position);
    const count = same.reduce((sum, day) => sum + day.count, 0);
    return { name, count, days: same.length, average: count / Math.max(1, same.length) };
  }).filter((weekday) => weekday.days > 0);
}

/** Returns the first and the last date of a window. */
export function rangeOf(days: readonly { date: string }[]): { first: string; last: string } {
  return { first: days[0]?.date ?? "", last: days.at(-1)?.date ?? "" };
}

function olderHalf<Day extends { date: string }>(window: readonly Day[], twice: readonly Day[]): Day[] | undefined {
  const { first, last } = rangeOf(window);
  const older = twice.filter(({ date }) => date < first);
  return older.length === window.length && twice.at(-1)?.date === last ? older : undefined;
}
