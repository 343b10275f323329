import type { Appointment } from "@/api/shapes";

/** Which version an appointment's version became by a change made here. */
const successors = new Map<string, number>();

const nameOf = (id: string, version: number) => `${id} ${version}`;

/** Remembers that a change made here led from one version to the next. */
export function succeeded(before: Appointment, after: Appointment): void {
  if (after.version !== before.version) successors.set(nameOf(before.id, before.version), after.version);
}

/**
 * Returns the appointment with the version it has after the changes made here: one that was changed twice in a row, the
 * second time before the first was answered, was not changed by somebody else.
 */
export function asChangedHere(appointment: Appointment): Appointment {
  let { version } = appointment;
  for (let next: number | undefined = version; next !== undefined; next = successors.get(nameOf(appointment.id, version))) {
    version = next;
  }
  return { ...appointment, version };
}
