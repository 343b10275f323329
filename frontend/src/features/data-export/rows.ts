import { api, bodyOf } from "@/api/client";
import type { AppointmentStatus } from "@/api/shapes";
import { text } from "@/text";
import { dayOn } from "@/time/zone";

type Filters = Readonly<Record<string, string>>;

interface Context {
  zone: string;
  signal: AbortSignal;
}

/** Returns how many rows the API's own list has for a dataset; null where it cannot be narrowed in the same way. */
export async function countRows(dataset: string, filters: Filters, { zone, signal }: Context): Promise<number | null> {
  if (dataset === "appointments") {
    const query = { ...appointmentsFilter(filters, zone), page_size: 1 };
    return (await bodyOf(api.GET("/api/appointments/", { params: { query }, signal }))).count;
  }
  const { is_active, ...others } = filters;
  if (Object.keys(others).length > 0) return null;
  const active = is_active === undefined ? {} : ({ is_active: is_active === "true" ? "true" : "false" } as const);
  const options = { params: { query: { ...active, page_size: 1 } }, signal };
  if (dataset === "customers") return (await bodyOf(api.GET("/api/customers/", options))).count;
  if (dataset === "resources") return (await bodyOf(api.GET("/api/resources/", options))).count;
  if (dataset === "services") return (await bodyOf(api.GET("/api/services/", options))).count;
  return null;
}

/** Returns an export's filters in the words of the list, which takes moments instead of local dates. */
function appointmentsFilter(filters: Filters, zone: string) {
  const { start_date, end_date, updated_since, status, service_id, resource_id } = filters;
  return {
    ...(start_date && { start_after: dayOn(start_date, zone).startAt.toISOString() }),
    ...(end_date && { start_before: dayOn(end_date, zone).endAt.toISOString() }),
    ...(updated_since && { updated_since: dayOn(updated_since, zone).startAt.toISOString() }),
    ...(service_id && { service_id: Number(service_id) }),
    ...(resource_id && { resource_id: Number(resource_id) }),
    ...(isStatus(status) && { status: [status] }),
  };
}

function isStatus(word: string | undefined): word is AppointmentStatus {
  return word !== undefined && word in text.status;
}
