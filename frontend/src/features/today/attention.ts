import type { Appointment, QuotaEntry } from "@/api/shapes";
import { hasStarted, isOpen } from "@/booking/acts";

/** Appointments that wait for somebody: how many there are, and the first of them. */
export interface Waiting {
  count: number;
  first: Appointment[];
}

interface Page {
  count: number;
  results: readonly Appointment[];
}

const MOST_SHOWN = 3;

/**
 * Returns what is over and not settled, the latest first: of today's appointments, and of those open from before today.
 * One that is under way needs nothing yet.
 */
export function unsettledOf(today: readonly Appointment[], earlier: Page, now: Date): Waiting {
  const over = today.filter((appointment) => isOpen(appointment) && Date.parse(appointment.end_at) <= now.getTime());
  const latest = [...over].sort((a, b) => Date.parse(b.start_at) - Date.parse(a.start_at));
  return {
    count: over.length + earlier.count,
    first: [...latest, ...earlier.results.filter(isOpen)].slice(0, MOST_SHOWN),
  };
}

/** Returns what is still to be confirmed, the next first; `pending` are those from the start of today. */
export function toConfirmOf(today: readonly Appointment[], pending: Page, now: Date): Waiting {
  const waits = (appointment: Appointment) => appointment.status === "pending" && !hasStarted(appointment, now);
  const begun = today.filter(({ status, start_at }) => status === "pending" && hasStarted({ start_at }, now));
  return {
    count: Math.max(0, pending.count - begun.length),
    first: pending.results.filter(waits).slice(0, MOST_SHOWN),
  };
}

/** Tells whether a quota is used up or soon will be. A plan that includes none of something is not used up. */
export function isTight({ state, limit, used }: QuotaEntry): boolean {
  return limit !== null && !(limit === 0 && used === 0) && (state === "near" || state === "reached" || state === "over");
}
