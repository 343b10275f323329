import type { AppointmentStatistics, RevenueStatistics } from "@/api/shapes";

const DAY_MS = 24 * 3_600_000;
const LAST_DATE = "2026-03-02";
const DAYS = 30;

type Counts = AppointmentStatistics["by_status"];

const counts: Counts = { pending: 10, confirmed: 50, completed: 180, cancelled: 24, no_show: 6 };
const countsBefore: Counts = { pending: 0, confirmed: 62, completed: 160, cancelled: 12, no_show: 6 };

/** 270 appointments in the 30 days to 2 March 2026. */
export const statistics: AppointmentStatistics = {
  total: 270,
  by_status: counts,
  by_service: [
    { service_id: 1, service_name: "Cut & Style", count: 150 },
    { service_id: 2, service_name: "Colour, full", count: 90 },
    { service_id: 3, service_name: "=Special", count: 30 },
  ],
  by_resource: [
    { resource_id: 7, resource_name: "Maya Thompson", count: 160 },
    { resource_id: 8, resource_name: "Room 1", count: 120 },
  ],
  daily_breakdown: datesUntil(LAST_DATE, DAYS).map((date, day) => dayOf(date, counts, day)),
  booking_trend_percent: 12.5,
  cancellation_rate_percent: 8.89,
  no_show_rate_percent: 2.22,
  period_days: DAYS,
};

/** The same with the 30 days before, which had 240. */
export const statisticsTwice: AppointmentStatistics = {
  ...statistics,
  total: 510,
  daily_breakdown: [
    ...datesUntil(dateBefore(LAST_DATE, DAYS), DAYS).map((date, day) => dayOf(date, countsBefore, day)),
    ...statistics.daily_breakdown,
  ],
  period_days: 2 * DAYS,
};

/** $12,500 in the same days, and €40. */
export const revenue: RevenueStatistics = {
  total_revenue_cents: 1_250_000,
  transaction_count: 250,
  average_transaction_value_cents: 5_000,
  by_service: [
    { service_id: 1, service_name: "Cut & Style", revenue_cents: 800_050, count: 150 },
    { service_id: 2, service_name: "Colour, full", revenue_cents: 449_950, count: 100 },
  ],
  daily_breakdown: datesUntil(LAST_DATE, DAYS).map((date, day) => earnedOn(date, 1_250_000, 250, day)),
  period_days: DAYS,
  currency: "USD",
  other_currencies: [{ currency: "EUR", total_revenue_cents: 4_000, transaction_count: 1 }],
};

/** The same with the 30 days before, which earned $10,000. */
export const revenueTwice: RevenueStatistics = {
  ...revenue,
  total_revenue_cents: 2_250_000,
  transaction_count: 450,
  daily_breakdown: [
    ...datesUntil(dateBefore(LAST_DATE, DAYS), DAYS).map((date, day) => earnedOn(date, 1_000_000, 200, day)),
    ...revenue.daily_breakdown,
  ],
  period_days: 2 * DAYS,
};

/** Returns the part of an amount that falls on a day when it is spread over the days. */
function partOf(amount: number, day: number): number {
  return Math.floor(((day + 1) * amount) / DAYS) - Math.floor((day * amount) / DAYS);
}

function dayOf(date: string, { pending, confirmed, completed, cancelled, no_show }: Counts, day: number) {
  const status_breakdown = {
    pending: partOf(pending, day),
    confirmed: partOf(confirmed, day),
    completed: partOf(completed, day),
    cancelled: partOf(cancelled, day),
    no_show: partOf(no_show, day),
  };
  return { date, count: Object.values(status_breakdown).reduce((sum, count) => sum + count, 0), status_breakdown };
}

function earnedOn(date: string, cents: number, payments: number, day: number) {
  return { date, revenue_cents: partOf(cents, day), transaction_count: partOf(payments, day) };
}

function datesUntil(last: string, count: number): string[] {
  return Array.from({ length: count }, (_, position) => dateBefore(last, count - 1 - position));
}

function dateBefore(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}
