import type { Appointment } from "@/api/shapes";
import { text } from "@/text";
import { dateIn } from "@/time/zone";

import { type Drawing, type Entry, entriesOnce, NO_TONE, ofShown } from "./entries";

/** How many lines a day of the month has; where more is booked, the last one says how much more. */
export const LINES_PER_DAY = 4;

/**
 * Returns what a month draws. Only what finds room becomes an entry: the library lays every entry out anew at each
 * step of a drag, and a month may hold thousands of appointments.
 */
export function monthEntries(appointments: readonly Appointment[], drawing: Drawing): Entry[] {
  return [...byDate(ofShown(appointments, drawing.resources), drawing)].flatMap(([date, ofDay]) => {
    if (ofDay.length <= LINES_PER_DAY) return entriesOnce(ofDay, drawing);
    const kept = ofDay.slice(0, LINES_PER_DAY - 1);
    return [...entriesOnce(kept, drawing), moreEntry(date, ofDay, ofDay.length - kept.length)];
  });
}

/** Returns the appointments by the date on which they start, each day's in order; a carried one where it hovers. */
function byDate(appointments: readonly Appointment[], { zone, carried }: Drawing): Map<string, Appointment[]> {
  const startOf = (appointment: Appointment) =>
    carried?.appointment.id === appointment.id ? carried.startAt.getTime() : Date.parse(appointment.start_at);
  const days = new Map<string, Appointment[]>();
  const ordered = [...appointments].sort((a, b) => startOf(a) - startOf(b));
  for (const appointment of ordered) {
    const date = dateIn(new Date(startOf(appointment)), zone);
    const day = days.get(date);
    if (day) day.push(appointment);
    else days.set(date, [appointment]);
  }
  return days;
}

function moreEntry(date: string, appointments: readonly Appointment[], hidden: number): Entry {
  return {
    id: `more:${date}`,
    title: text.calendar.more(hidden),
    start: `${date} 23:58:00`,
    end: `${date} 23:59:00`,
    color: NO_TONE,
    payload: { shown: { kind: "more", date, appointments, hidden } },
  };
}
