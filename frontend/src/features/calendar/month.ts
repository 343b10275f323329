import type { Appointment } from "@/api/shapes";
import { calendar as calendarText } from "@/text/calendar";
import { localTimeOf } from "@/time/localTime";

import { type Carried, type Drawing, type Entry, entriesOnce, NO_TONE, ofShown } from "./entries";

/** How many lines a day of the month has; where more is booked, the last one says how much more. */
export const LINES_PER_DAY = 4;

/** Appointments by the date on which they start, each day's in order. */
export type Days = ReadonlyMap<string, readonly Appointment[]>;

/** Returns the appointments in which a shown resource takes part by date. */
export function daysOf(appointments: readonly Appointment[], { zone, resources }: Omit<Drawing, "carried">): Days {
  const days = new Map<string, Appointment[]>();
  const timed = ofShown(appointments, resources).map((appointment) => ({ appointment, at: startOf(appointment) }));
  for (const { appointment, at } of timed.sort((a, b) => a.at - b.at)) {
    const date = localTimeOf(new Date(at), zone).slice(0, 10);
    const day = days.get(date);
    if (day) day.push(appointment);
    else days.set(date, [appointment]);
  }
  return days;
}

/**
 * Returns what a month draws. Only what finds room becomes an entry: the library lays every entry out anew at each
 * step of a drag, and a month may hold thousands of appointments.
 */
export function monthEntries(days: Days, drawing: Drawing): Entry[] {
  const { carried, zone } = drawing;
  const shown = carried ? withCarried(days, carried, zone) : days;
  return [...shown].flatMap(([date, ofDay]) => {
    if (ofDay.length <= LINES_PER_DAY) return entriesOnce(ofDay, drawing);
    const kept = keptOf(ofDay, carried);
    return [...entriesOnce(kept, drawing), moreEntry(date, ofDay, ofDay.length - kept.length)];
  });
}

/** Returns those for whose names there is room: the first ones, and always the one that is carried. */
function keptOf(ofDay: readonly Appointment[], carried: Carried | null): Appointment[] {
  const isCarried = ({ id }: Appointment) => id === carried?.appointment.id;
  const first = ofDay.slice(0, LINES_PER_DAY - 1);
  const held = ofDay.find(isCarried);
  return held && !first.includes(held) ? [...first.slice(0, -1), held] : first;
}

/** Returns the days with the carried appointment on the one it hovers over. */
function withCarried(days: Days, { appointment, startAt }: Carried, zone: string): Days {
  const hovered = localTimeOf(startAt, zone).slice(0, 10);
  const left = [...days].map(([date, ofDay]) => [date, ofDay.filter(({ id }) => id !== appointment.id)] as const);
  const shown = new Map<string, readonly Appointment[]>(left);
  const others = shown.get(hovered) ?? [];
  const isEarlier = (other: Appointment) => startOf(other) <= startAt.getTime();
  return shown.set(hovered, [...others.filter(isEarlier), appointment, ...others.filter((one) => !isEarlier(one))]);
}

function startOf({ start_at }: Appointment): number {
  return Date.parse(start_at);
}

function moreEntry(date: string, appointments: readonly Appointment[], hidden: number): Entry {
  return {
    id: `more:${date}`,
    title: calendarText.more(hidden),
    start: `${date} 23:58:00`,
    end: `${date} 23:59:00`,
    color: NO_TONE,
    payload: { shown: { kind: "more", date, appointments, hidden } },
  };
}
