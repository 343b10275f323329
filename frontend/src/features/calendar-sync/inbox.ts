import type { CalendarConflict, EventLink } from "@/api/calendarSync";

/** An appointment and the busy times it lies in. */
export interface Overlap {
  kind: "overlap";
  appointment: string;
  startAt: Date;
  endAt: Date;
  /** One row for each busy time; the first tells the names. */
  conflicts: readonly [CalendarConflict, ...CalendarConflict[]];
}

/** An entry of ours that somebody changed in the calendar. */
export interface Changed {
  kind: "changed";
  appointment: string;
  startAt: Date;
  endAt: Date;
  link: EventLink;
}

export type Item = Overlap | Changed;

/** Returns what is to be decided, by the time of the appointment; all busy times of one appointment are one item. */
export function itemsOf(conflicts: readonly CalendarConflict[], links: readonly EventLink[]): Item[] {
  const overlaps = new Map<string, Overlap>();
  for (const conflict of conflicts) {
    // Booked with two resources, an appointment may contradict the calendars of both.
    const known = overlaps.get(conflict.appointment);
    overlaps.set(conflict.appointment, {
      kind: "overlap",
      appointment: conflict.appointment,
      startAt: new Date(conflict.appointment_start_at),
      endAt: new Date(conflict.appointment_end_at),
      conflicts: known ? [...known.conflicts, conflict] : [conflict],
    });
  }
  const changed = links.map((link): Changed => ({
    kind: "changed",
    appointment: link.appointment,
    startAt: new Date(link.appointment_start_at),
    endAt: new Date(link.appointment_end_at),
    link,
  }));
  return [...overlaps.values(), ...changed].sort((a, b) => a.startAt.getTime() - b.startAt.getTime());
}

/** Tells whether an entry lies elsewhere now; changed in another way, there is no time to move the appointment to. */
export function hasMoved({ link, startAt, endAt }: Changed): boolean {
  const { remote_start_at: start, remote_end_at: end } = link;
  if (!start || !end) return false;
  return Date.parse(start) !== startAt.getTime() || Date.parse(end) !== endAt.getTime();
}
