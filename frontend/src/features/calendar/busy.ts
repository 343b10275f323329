import type { BusyTime } from "@/api/calendarSync";
import type { TimeOff } from "@/api/shapes";
import { calendar as calendarText } from "@/text/calendar";

/** What keeps somebody busy elsewhere: the name of the calendar, and whether that could be read lately. */
export interface BusyOrigin {
  name: string;
  isStale: boolean;
}

/** Returns by the ids of time off which calendars it comes from. What overlaps is one stretch in `busy`. */
export function originsOf(timeOff: readonly TimeOff[], busy: readonly BusyTime[]): ReadonlyMap<number, BusyOrigin> {
  const outside = timeOff.filter(({ source }) => source === "calendar");
  return new Map(
    outside.flatMap((off) => {
      const around = busy.filter((stretch) => holds(stretch, off));
      const names = [...new Set(around.map(({ calendar_name: name }) => name))].filter(Boolean);
      if (around.length === 0) return [];
      return [[off.id, { name: names.join(", "), isStale: around.every(({ is_stale: isStale }) => isStale) }] as const];
    }),
  );
}

function holds(stretch: BusyTime, { resource = null, start_at: start, end_at: end }: TimeOff): boolean {
  const isSame = stretch.resource === resource;
  return isSame && Date.parse(stretch.start_at) <= Date.parse(start) && Date.parse(stretch.end_at) >= Date.parse(end);
}

/** Returns what stands on time off: its reason, or the calendar it comes from. */
export function offLabel({ source, reason = "" }: Pick<TimeOff, "source" | "reason">, origin?: BusyOrigin): string {
  if (source === "manual") return reason === "" ? calendarText.timeOff : reason;
  const { name = "", isStale = false } = origin ?? {};
  const label = calendarText.busyIn(name === "" ? calendarText.outsideCalendar : name);
  return isStale ? calendarText.busyStale(label) : label;
}
