import type { Appointment, Resource, TimeOff } from "@/api/shapes";
import { clockOf, MINUTES_PER_DAY, type Minute } from "@/time/wallClock";
import { localTimeOf, shifted } from "@/time/localTime";

import type { BusyOrigin } from "./busy";
import { type Drawing, type Entry, entriesByResource, type Shown, shownBy } from "./entries";
import { closures, openings, type Stretch, type Timetable, within } from "./hours";

interface Grounds extends Drawing {
  dates: readonly string[];
  /** The hours of a day that are drawn. */
  hours: Stretch;
}

/** Returns when the shown resources do not work. */
export function closedEntries(timetable: Timetable, { dates, hours, resources, zone }: Grounds): Entry[] {
  return resources.flatMap((resource) =>
    dates.flatMap((date) =>
      closures(openings(resource, date, timetable, zone), hours).map((stretch) =>
        ground(`closed:${resource.id}:${date}:${stretch.start}`, resource, date, stretch, { kind: "closed" }),
      ),
    ),
  );
}

/** Returns the time off of the shown resources, everybody's included, in one piece for each day. */
export function offEntries(
  timeOff: readonly TimeOff[],
  { dates, hours, resources, zone }: Grounds,
  origins: ReadonlyMap<number, BusyOrigin> = new Map(),
): Entry[] {
  return timeOff.flatMap((off) => {
    const origin = origins.get(off.id);
    const start = localTimeOf(new Date(off.start_at), zone);
    const end = localTimeOf(new Date(off.end_at), zone);
    return resources
      .filter(({ id }) => !off.resource || off.resource === id)
      .flatMap((resource) =>
        dates.flatMap((date) => {
          const stretch = cut(within(date, start, end), hours);
          if (stretch === null) return [];
          const isWhole = start === at(date, stretch.start) && end === at(date, stretch.end);
          const shown: Shown = { kind: "off", timeOff: off, isWhole, ...(origin && { origin }) };
          return [ground(`off:${off.id}:${resource.id}:${date}`, resource, date, stretch, shown)];
        }),
      );
  });
}

/** Returns the time before and after appointments that belongs to them. */
export function bufferEntries(appointments: readonly Appointment[], drawing: Drawing): Entry[] {
  return entriesByResource(appointments.filter(takesTime), drawing).flatMap((entry) => {
    const shown = shownBy(entry);
    const service = shown?.kind === "appointment" ? drawing.services.get(shown.appointment.service) : undefined;
    if (service === undefined) return [];
    const { buffer_before_minutes: before = 0, buffer_after_minutes: after = 0 } = service;
    const band = { ...entry, display: "background" as const, title: "", payload: { shown: { kind: "buffer" } as const } };
    const start = String(entry.start);
    const end = String(entry.end);
    return [
      ...(before > 0 ? [{ ...band, id: `before:${entry.id}`, start: shifted(start, -before), end: start }] : []),
      ...(after > 0 ? [{ ...band, id: `after:${entry.id}`, start: end, end: shifted(end, after) }] : []),
    ];
  });
}

/** Whether nobody else can have the appointment's time. */
export function takesTime({ status }: Appointment): boolean {
  return status === "pending" || status === "confirmed" || status === "completed";
}

function cut(stretch: Stretch | null, hours: Stretch): Stretch | null {
  if (stretch === null) return null;
  const start = Math.max(stretch.start, hours.start);
  const end = Math.min(stretch.end, hours.end);
  return start < end ? { start, end } : null;
}

function ground(id: string, resource: Resource, date: string, { start, end }: Stretch, shown: Shown): Entry {
  return {
    id,
    title: "",
    start: at(date, start),
    // What fills a day from midnight to midnight would be drawn apart from the hours.
    end: end === MINUTES_PER_DAY ? `${date} 23:59:00` : at(date, end),
    color: "gray",
    display: "background",
    resourceId: resource.id,
    payload: { shown },
  };
}

function at(date: string, minute: Minute): string {
  return `${date} ${clockOf(minute)}:00`;
}
