import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, bodyOf } from "./client";
import type { AppointmentStatistics, AppointmentStatus, DashboardFigures, RevenueStatistics } from "./shapes";

/** What every answer about figures begins its key with. */
const analyticsKey = ["analytics"];

/** The longest window the API counts. */
export const MOST_DAYS = 3660;

/** Which appointments are counted, in the words of the API: those of the last days, today included. */
export interface StatisticsFilter {
  days: number;
  status?: AppointmentStatus;
  service_id?: number;
  resource_id?: number;
}

/** The business at this moment. */
export const figuresQuery = queryOptions({
  queryKey: [...analyticsKey, "dashboard"],
  queryFn: ({ signal }): Promise<DashboardFigures> => bodyOf(api.GET("/api/analytics/analytics/dashboard/", { signal })),
});

/** The appointments of a window. The figures of the last filter stay until those of the new one are there. */
export const appointmentStatisticsQuery = (filter: StatisticsFilter) =>
  queryOptions({
    queryKey: [...analyticsKey, "appointments", filter],
    queryFn: ({ signal }): Promise<AppointmentStatistics> =>
      bodyOf(api.GET("/api/analytics/analytics/appointments/", { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
  });

/** The revenue of a window. */
export const revenueStatisticsQuery = (filter: Pick<StatisticsFilter, "days" | "service_id">) =>
  queryOptions({
    queryKey: [...analyticsKey, "revenue", filter],
    queryFn: ({ signal }): Promise<RevenueStatistics> =>
      bodyOf(api.GET("/api/analytics/analytics/revenue/", { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
  });
