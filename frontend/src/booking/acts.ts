import type { Appointment, AppointmentStatus } from "@/api/shapes";

/** What can be done with an appointment, by the words of the API. */
export type Act = "confirm" | "complete" | "no-show" | "cancel" | "reopen";

/** How an appointment stands after an act. Reopened it stands as before it was settled, which only the server knows. */
export const outcomes: Record<Act, AppointmentStatus> = {
  confirm: "confirmed",
  complete: "completed",
  "no-show": "no_show",
  cancel: "cancelled",
  reopen: "confirmed",
};

/** Tells whether an appointment can still be changed. */
export function isOpen({ status }: Pick<Appointment, "status">): boolean {
  return status === "pending" || status === "confirmed";
}

/** Tells whether an appointment has begun; from then on it is known how it went. */
export function hasStarted({ start_at }: Pick<Appointment, "start_at">, now: Date): boolean {
  return Date.parse(start_at) <= now.getTime();
}

/** Tells whether what was settled can be taken back: a cancelled appointment is gone once its start has passed. */
export function canReopen(appointment: Appointment, now: Date): boolean {
  return !isOpen(appointment) && (appointment.status !== "cancelled" || !hasStarted(appointment, now));
}

/** Tells whether an act can be taken back, so that it need not be asked about before. */
export function canUndo(act: Act, appointment: Appointment, now: Date): boolean {
  if (act === "cancel") return !hasStarted(appointment, now);
  return act === "complete" || act === "no-show";
}

/** Returns what can be done with an appointment at `now`, the most likely first. */
export function actsFor(appointment: Appointment, now: Date): Act[] {
  if (!isOpen(appointment)) return canReopen(appointment, now) ? ["reopen"] : [];
  const confirm: Act[] = appointment.status === "pending" ? ["confirm"] : [];
  return hasStarted(appointment, now) ? ["complete", "no-show", ...confirm, "cancel"] : [...confirm, "cancel"];
}
