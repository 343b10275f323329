import type { AppointmentStatus } from "@/api/shapes";
import type { PageFilter } from "@/booking/queries";
import { text } from "@/text";
import { addDays, addMonths, isDate } from "@/time/dates";
import { dateIn, dayOn } from "@/time/zone";

export const PAGE_SIZE = 25;

export type Period = keyof typeof text.appointments.filters.periods;

/** What the address says when it says nothing. */
export const UNFILTERED = {
  page: 1,
  period: "upcoming",
  from: "",
  to: "",
  search: "",
  status: [] as string[],
  service: 0,
  resource: 0,
  customer: "",
  ordering: "",
};

export type Filters = typeof UNFILTERED;

export const STATUSES: readonly AppointmentStatus[] = ["pending", "confirmed", "completed", "no_show", "cancelled"];

/** Returns the period an address names; what it does not know is taken for the usual one. */
export function periodOf({ period }: Pick<Filters, "period">): Period {
  return isPeriod(period) ? period : "upcoming";
}

function isPeriod(period: string): period is Period {
  return period in text.appointments.filters.periods;
}

/** Returns the order of a period: the next one first, or the latest first where they lie behind. */
export function orderingOf(filters: Pick<Filters, "ordering" | "period">): string {
  if (filters.ordering !== "") return filters.ordering;
  return ["past", "lastMonth", "all"].includes(periodOf(filters)) ? "-start_at" : "start_at";
}

/** Returns how many filters besides the period and the search are set. */
export function countOf({ status, service, resource, customer }: Filters): number {
  return [status.length > 0, service !== 0, resource !== 0, customer !== ""].filter(Boolean).length;
}

/** Whether anything but the order and the page differs from what the screen shows by itself. */
export function isFiltered(filters: Filters): boolean {
  return countOf(filters) > 0 || filters.search !== "" || periodOf(filters) !== "upcoming";
}

/** Returns the filters in the words of the API; dates are those of the business's zone. */
export function asAsked(filters: Filters, now: Date, zone: string): PageFilter {
  const { page, search, status, service, resource, customer } = filters;
  const [first, last] = datesOf(filters, dateIn(now, zone));
  const statuses = STATUSES.filter((one) => status.includes(one));
  return {
    page: Math.max(1, page),
    page_size: PAGE_SIZE,
    ordering: orderingOf(filters),
    ...(first && { start_after: dayOn(first, zone).startAt.toISOString() }),
    ...(last && { start_before: dayOn(last, zone).endAt.toISOString() }),
    ...(search && { search }),
    ...(statuses.length > 0 && { status: statuses }),
    ...(service && { service_id: service }),
    ...(resource && { resource_id: resource }),
    ...(customer && { customer_id: customer }),
  };
}

/** Returns the first and the last date of a period, null where it has no such end. */
function datesOf(filters: Pick<Filters, "period" | "from" | "to">, today: string): [string | null, string | null] {
  const firstOfMonth = `${today.slice(0, 7)}-01`;
  switch (periodOf(filters)) {
    case "upcoming":
      return [today, null];
    case "today":
      return [today, today];
    case "week":
      return [today, addDays(today, 6)];
    case "month":
      return [firstOfMonth, addDays(addMonths(firstOfMonth, 1), -1)];
    case "lastMonth":
      return [addMonths(firstOfMonth, -1), addDays(firstOfMonth, -1)];
    case "past":
      return [null, addDays(today, -1)];
    case "all":
      return [null, null];
    case "custom":
      return [isDate(filters.from) ? filters.from : null, isDate(filters.to) ? filters.to : null];
  }
}
