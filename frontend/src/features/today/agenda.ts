import type { Appointment } from "@/api/shapes";
import { hasStarted, isOpen } from "@/booking/acts";

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

/** Counts a day's appointments, cancelled ones apart: all, those to come, those begun and not settled. */
export function summaryOf(appointments: readonly Appointment[], now: Date) {
  const open = appointments.filter(isOpen);
  return {
    total: appointments.filter(({ status }) => status !== "cancelled").length,
    ahead: open.filter((appointment) => !hasStarted(appointment, now)).length,
    open: open.filter((appointment) => Date.parse(appointment.end_at) <= now.getTime()).length,
  };
}
