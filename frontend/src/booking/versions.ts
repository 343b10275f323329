import type { QueryClient } from "@tanstack/react-query";

import type { Appointment } from "@/api/shapes";

/** Which version an appointment's version became by a change made here, for each memory of what the API said. */
const successors = new WeakMap<QueryClient, Map<string, number>>();

const nameOf = (id: string, version: number) => `${id} ${version}`;

/** Remembers that a change made here led from one version to the next. */
export function succeeded(client: QueryClient, before: Appointment, after: Appointment): void {
  if (after.version === before.version) return;
  const known = successors.get(client) ?? new Map<string, number>();
  successors.set(client, known.set(nameOf(before.id, before.version), after.version));
}

/**
 * Returns the appointment with the version it has after the changes made here: one that was changed twice in a row, the
 * second time before the first was answered, was not changed by somebody else.
 */
export function asChangedHere(client: QueryClient, appointment: Appointment): Appointment {
  const known = successors.get(client);
  let { version } = appointment;
  for (let next: number | undefined = version; next !== undefined; next = known?.get(nameOf(appointment.id, version))) {
    version = next;
  }
  return { ...appointment, version };
}
