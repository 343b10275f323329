import { http, HttpResponse } from "msw";

import type { DashboardFigures } from "@/api/shapes";

import { appointmentWith, resource, session, snapshotWith } from "./fixtures";
import { revenue, revenueTwice, statistics, statisticsTwice } from "./statistics";
import { schedulingHandlers } from "./scheduling";

export const figures: DashboardFigures = {
  total_appointments_this_month: 212,
  total_appointments_all_time: 4821,
  active_resources_count: 9,
  active_services_count: 12,
  upcoming_appointments_count: 64,
  average_appointment_duration_minutes: 52.4,
  peak_booking_day: "Saturday",
  peak_booking_hour: 11,
  period: { start_date: "2026-03-01T00:00:00-05:00", end_date: "2026-03-31T23:59:59-04:00" },
};

/** Returns one page of a list with all its rows. */
export const page = <Row>(results: Row[]) => ({ count: results.length, next: null, previous: null, results });

const isAboutSixtyDays = ({ url }: Request) => new URL(url).searchParams.get("days") === "60";

/** What the API of a business answers whose plan includes analytics. */
export const handlers = [
  http.get("*/api/session/", () => HttpResponse.json(session)),
  http.get("*/api/entitlements/", () => HttpResponse.json(snapshotWith())),
  http.get("*/api/appointments/", () => HttpResponse.json(page([appointmentWith()]))),
  http.get("*/api/resources/", () => HttpResponse.json(page([resource]))),
  http.get("*/api/analytics/analytics/dashboard/", () => HttpResponse.json(figures)),
  http.get("*/api/analytics/analytics/appointments/", ({ request }) =>
    HttpResponse.json(isAboutSixtyDays(request) ? statisticsTwice : statistics),
  ),
  http.get("*/api/analytics/analytics/revenue/", ({ request }) =>
    HttpResponse.json(isAboutSixtyDays(request) ? revenueTwice : revenue),
  ),
  http.get("*/api/support-access/", () => HttpResponse.json(page([]))),
  http.get("*/api/support-access/setting/", () => HttpResponse.json({ support_access_allowed: true })),
  ...schedulingHandlers,
];
