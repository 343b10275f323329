import type { DashboardFigures } from "@/api/shapes";

/** Figures of nobody, for the preview below a prompt. */
export const sampleFigures: DashboardFigures = {
  total_appointments_this_month: 184,
  total_appointments_all_time: 5120,
  active_resources_count: 6,
  active_services_count: 12,
  upcoming_appointments_count: 73,
  average_appointment_duration_minutes: 48,
  peak_booking_day: "Friday",
  peak_booking_hour: 10,
  period: { start_date: "2026-01-01T00:00:00Z", end_date: "2026-01-31T23:59:59Z" },
};

/** The last days of nobody, likewise. */
export const sampleCounts: readonly number[] = [
  9, 12, 11, 15, 18, 14, 0, 8, 12, 13, 15, 17, 15, 0, 9, 11, 12, 14, 19, 13, 0, 10, 13, 12, 16, 18, 16, 0, 9, 12,
];
