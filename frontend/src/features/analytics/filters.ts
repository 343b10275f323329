import { MOST_DAYS, type StatisticsFilter } from "@/api/analytics";
import { type AppointmentStatus } from "@/api/shapes";

/** From the best to the worst an appointment can end, as they are stacked from the ground up. */
export const statuses: readonly AppointmentStatus[] = ["completed", "confirmed", "pending", "cancelled", "no_show"];

export const periods: readonly number[] = [7, 30, 90, 365];

/** What the address holds, by the API's own names. */
export const filterDefaults = { days: 30, status: "", service_id: "", resource_id: "" };

export type FilterState = typeof filterDefaults;

/** Returns what the address asks for; what makes no sense there is as if it were absent. */
export function filterOf({ days, status, service_id, resource_id }: FilterState): StatisticsFilter {
  const known = statuses.find((name) => name === status);
  return {
    days: isPeriod(days) ? days : filterDefaults.days,
    ...(known && { status: known }),
    ...(isId(service_id) && { service_id: Number(service_id) }),
    ...(isId(resource_id) && { resource_id: Number(resource_id) }),
  };
}

/** Tells whether the API counts windows of this length. */
export function isPeriod(days: number): boolean {
  return Number.isInteger(days) && days >= 1 && days <= MOST_DAYS;
}

/** Tells whether only some of the appointments of the window are counted. */
export function isNarrowed({ status, service_id, resource_id }: StatisticsFilter): boolean {
  return status !== undefined || service_id !== undefined || resource_id !== undefined;
}

const isId = (value: string) => /^\d{1,9}$/.test(value);
