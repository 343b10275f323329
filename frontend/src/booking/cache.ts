import type { QueryClient } from "@tanstack/react-query";

import { calendarSyncKey } from "@/api/calendarSyncKey";
import type { Appointment } from "@/api/shapes";

import { appointmentQuery, appointmentsKey } from "./queries";

/** Shows an appointment as it stands in whatever was cached about appointments: lists, pages, and itself. */
export function show(client: QueryClient, appointment: Appointment): void {
  client.setQueriesData({ queryKey: appointmentsKey }, (cached: unknown) => withShown(cached, appointment));
}

/** Remembers an appointment that was read or made, and so need not be asked for. */
export function remember(client: QueryClient, appointment: Appointment): void {
  client.setQueryData(appointmentQuery(appointment.id).queryKey, appointment);
}

/** Returns an appointment that some list holds, to be shown until it is asked for. */
export function cached(client: QueryClient, id: string): Appointment | undefined {
  for (const [, data] of client.getQueriesData<Appointment[] | { results: Appointment[] }>({ queryKey: appointmentsKey })) {
    const rows: unknown = isPage(data) ? data.results : data;
    const found = Array.isArray(rows) ? (rows as Appointment[]).find((row) => row.id === id) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Asks anew for everything that appointments have a part in. */
export async function renew(client: QueryClient): Promise<void> {
  const keys = [appointmentsKey, ["availability"], ["analytics"], ["customers"], calendarSyncKey];
  await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** Returns what was cached with the appointment in place of what it was; what does not hold it stays the same. */
function withShown(cached: unknown, appointment: Appointment): unknown {
  if (Array.isArray(cached)) {
    const rows: unknown[] = cached;
    return rows.some((row) => isIt(row, appointment))
      ? rows.map((row) => (isIt(row, appointment) ? appointment : row))
      : cached;
  }
  if (isIt(cached, appointment)) return appointment;
  return isPage(cached) ? { ...cached, results: withShown(cached.results, appointment) } : cached;
}

function isIt(row: unknown, { id }: Appointment): boolean {
  return typeof row === "object" && row !== null && "id" in row && row.id === id;
}

function isPage(cached: unknown): cached is { results: unknown[] } {
  return typeof cached === "object" && cached !== null && "results" in cached && Array.isArray(cached.results);
}
