import type { ScheduleEventData, ScheduleEventProps } from "@mantine/schedule";

import type { Appointment, Resource, Service, TimeOff } from "@/api/shapes";
import { clockTime } from "@/time/format";
import { localTimeOf, shifted } from "@/time/localTime";

import type { BusyOrigin } from "./busy";

/** What stands in the calendar. */
export type Shown =
  | { kind: "appointment"; appointment: Appointment; resourceId?: number; tone: string; isCarried: boolean }
  | { kind: "buffer" }
  | { kind: "closed" }
  | { kind: "off"; timeOff: TimeOff; isWhole: boolean; origin?: BusyOrigin }
  | { kind: "more"; date: string; appointments: readonly Appointment[]; hidden: number };

export type Entry = ScheduleEventData<{ shown: Shown }>;

/** Draws an entry around what the library needs of it, and what it says. */
export type RenderEntry = NonNullable<ScheduleEventProps["renderEvent"]>;
export type RenderEntryBody = NonNullable<ScheduleEventProps["renderEventBody"]>;

/** What the library hands back of an entry: it knows nothing of the payload. */
type Handed = Pick<ScheduleEventData, "payload">;

export function shownBy(entry: Handed): Shown | undefined {
  return entry.payload?.shown as Shown | undefined;
}

/** Returns the appointment of an entry, undefined for what is none. */
export function appointmentBy(entry: Handed): (Shown & { kind: "appointment" }) | undefined {
  const shown = shownBy(entry);
  return shown?.kind === "appointment" ? shown : undefined;
}

/** An appointment on its way to another time or resource, not yet let go. */
export interface Carried {
  appointment: Appointment;
  /** Whose row or column it was taken from, and whose it hovers over. */
  from: number | undefined;
  to: number | undefined;
  startAt: Date;
}

export interface Drawing {
  zone: string;
  resources: readonly Resource[];
  services: ReadonlyMap<number, Service>;
  carried: Carried | null;
}

/** The colour of what has no resource to give it one. */
export const NO_TONE = "var(--ink-faint)";

export function toneOf(resource: Pick<Resource, "color"> | undefined): string {
  const { color = "" } = resource ?? {};
  return color === "" ? NO_TONE : color;
}

const MINUTE_MS = 60_000;

/** Returns the appointments once for each shown resource that takes part. */
export function entriesByResource(appointments: readonly Appointment[], drawing: Drawing): Entry[] {
  const shown = new Set(drawing.resources.map(({ id }) => id));
  return appointments.flatMap((appointment) =>
    appointment.resources.filter((id) => shown.has(id)).map((id) => entryOf(appointment, drawing, id)),
  );
}

/** Returns each appointment once, of those in which a shown resource takes part. */
export function entriesOnce(appointments: readonly Appointment[], drawing: Drawing): Entry[] {
  return ofShown(appointments, drawing.resources).map((appointment) => entryOf(appointment, drawing));
}

/** Returns the appointments in which one of the resources takes part. */
export function ofShown(appointments: readonly Appointment[], resources: readonly Resource[]): Appointment[] {
  const shown = new Set(resources.map(({ id }) => id));
  return appointments.filter((appointment) => appointment.resources.some((id) => shown.has(id)));
}

function entryOf(appointment: Appointment, { zone, resources, carried }: Drawing, resourceId?: number): Entry {
  const isCarried = carried?.appointment.id === appointment.id && carried.from === resourceId;
  const startAt = isCarried ? carried.startAt : new Date(appointment.start_at);
  const lengthMs = Date.parse(appointment.end_at) - Date.parse(appointment.start_at);
  const row = isCarried ? carried.to : resourceId;
  const colour = resources.find(({ id }) => (resourceId === undefined ? appointment.resources.includes(id) : id === row));
  return {
    id: resourceId === undefined ? appointment.id : `${appointment.id}:${resourceId}`,
    title: `${clockTime(startAt, zone)} ${appointment.customer_name}, ${appointment.service_name}`,
    ...localSpan(startAt, lengthMs, zone),
    color: "gray",
    ...(row === undefined ? {} : { resourceId: row }),
    payload: {
      shown: {
        kind: "appointment",
        appointment,
        ...(resourceId === undefined ? {} : { resourceId }),
        tone: toneOf(colour),
        isCarried,
      },
    },
  };
}

/**
 * Returns what clocks show at both ends. Where they are put back in between they may show the same time or an earlier
 * one; the end is then as much later as time passes.
 */
export function localSpan(startAt: Date, lengthMs: number, zone: string): { start: string; end: string } {
  const start = localTimeOf(startAt, zone);
  const end = localTimeOf(new Date(startAt.getTime() + lengthMs), zone);
  return { start, end: end > start ? end : shifted(start, Math.max(1, lengthMs / MINUTE_MS)) };
}
