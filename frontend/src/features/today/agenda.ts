import type { Appointment, AppointmentStatus } from "@/api/shapes";

/** What can be done with an appointment here, by the words of the API. */
export type Act = "confirm" | "complete" | "no-show" | "cancel";

export const outcomes: Record<Act, AppointmentStatus> = {
  confirm: "confirmed",
  complete: "completed",
  "no-show": "no_show",
  cancel: "cancelled",
};

/** Appointments that start at the same moment. */
export interface Slot {
  startAt: Date;
  appointments: Appointment[];
}

/** Returns the appointments by the moment they start, in order. */
export function slotsOf(appointments: readonly Appointment[]): Slot[] {
  const slots = new Map<number, Slot>();
  for (const appointment of appointments) {
    const startAt = new Date(appointment.start_at);
    const slot = slots.get(startAt.getTime()) ?? { startAt, appointments: [] };
    slot.appointments.push(appointment);
    slots.set(startAt.getTime(), slot);
  }
  return [...slots.values()].sort((a, b) => a.startAt.getTime() - b.startAt.getTime());
}

/** Tells whether an appointment can still be changed. */
export function isOpen({ status }: Appointment): boolean {
  return status === "pending" || status === "confirmed";
}

/** Tells whether an appointment has begun; from then on it is known how it went. */
export function hasStarted({ start_at }: Appointment, now: Date): boolean {
  return Date.parse(start_at) <= now.getTime();
}

/** Returns what can be done with an appointment at `now`, the most likely first. */
export function actsFor(appointment: Appointment, now: Date): Act[] {
  if (!isOpen(appointment)) return [];
  const confirm: Act[] = appointment.status === "pending" ? ["confirm"] : [];
  return hasStarted(appointment, now) ? ["complete", "no-show", ...confirm, "cancel"] : [...confirm, "cancel"];
}

/** Counts a day's appointments, cancelled ones apart: all, those to come, those begun and not settled. */
export function summaryOf(appointments: readonly Appointment[], now: Date) {
  const open = appointments.filter(isOpen);
  return {
    total: appointments.filter(({ status }) => status !== "cancelled").length,
    ahead: open.filter((appointment) => !hasStarted(appointment, now)).length,
    open: open.filter((appointment) => Date.parse(appointment.end_at) <= now.getTime()).length,
  };
}
