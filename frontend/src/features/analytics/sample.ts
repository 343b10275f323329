import type { AppointmentStatistics, RevenueStatistics } from "@/api/shapes";

/** A month of a business that does not exist, for the preview below a prompt. */
const DAYS = 30;
const LAST_DATE = Date.UTC(2026, 0, 30);
const DAY_MS = 24 * 3_600_000;
const AVERAGE_PRICE_CENTS = 5_200;
/** How busy the days of its week are, from Sunday on. */
const WEEK = [0, 9, 12, 11, 15, 18, 14];

const services = ["Consultation", "Cut and style", "Colour", "Beard trim", "Massage"];

const days: AppointmentStatistics["daily_breakdown"] = Array.from({ length: DAYS }, (_, position) => {
  const date = new Date(LAST_DATE - (DAYS - 1 - position) * DAY_MS);
  const count = WEEK[date.getUTCDay()] ?? 0;
  const cancelled = Math.round(count / 12);
  const no_show = count > 13 ? 1 : 0;
  return {
    date: date.toISOString().slice(0, 10),
    count,
    status_breakdown: { pending: 0, confirmed: 0, completed: count - cancelled - no_show, cancelled, no_show },
  };
});

const total = days.reduce((sum, { count }) => sum + count, 0);
const sumOf = (status: "completed" | "cancelled" | "no_show") =>
  days.reduce((sum, { status_breakdown }) => sum + status_breakdown[status], 0);
const shareOf = (position: number) => Math.round(total * (0.36 / (position + 1)));

export const sampleAppointments: AppointmentStatistics = {
  total,
  by_status: {
    pending: 0,
    confirmed: 0,
    completed: sumOf("completed"),
    cancelled: sumOf("cancelled"),
    no_show: sumOf("no_show"),
  },
  by_service: services.map((service_name, service_id) => ({ service_id, service_name, count: shareOf(service_id) })),
  by_resource: [],
  daily_breakdown: days,
  booking_trend_percent: 8.4,
  cancellation_rate_percent: (100 * sumOf("cancelled")) / total,
  no_show_rate_percent: (100 * sumOf("no_show")) / total,
  period_days: DAYS,
};

export const sampleRevenue: RevenueStatistics = {
  total_revenue_cents: sumOf("completed") * AVERAGE_PRICE_CENTS,
  transaction_count: sumOf("completed"),
  average_transaction_value_cents: AVERAGE_PRICE_CENTS,
  by_service: services.map((service_name, service_id) => ({
    service_id,
    service_name,
    count: shareOf(service_id),
    revenue_cents: shareOf(service_id) * AVERAGE_PRICE_CENTS,
  })),
  daily_breakdown: days.map(({ date, status_breakdown: { completed } }) => ({
    date,
    revenue_cents: completed * AVERAGE_PRICE_CENTS,
    transaction_count: completed,
  })),
  period_days: DAYS,
  currency: "USD",
  other_currencies: [],
};
