import type { DateOverride, Resource, WorkingHours } from "@/api/shapes";
import { addDays, weekdayOf } from "@/time/dates";
import { instantOf, localTimeOf, minuteOfDay } from "@/time/localTime";
import { clockOf, MINUTES_PER_DAY, type Minute, minuteOf } from "@/time/wallClock";

/** Minutes of a day, [start, end). */
export interface Stretch {
  start: Minute;
  end: Minute;
}

/** All weekly hours, and those of single dates, of the business and of its resources. */
export interface Timetable {
  weekly: readonly WorkingHours[];
  overrides: readonly DateOverride[];
}

/** Returns when a resource works on a date of the business's zone, in order. */
export function openings(resource: Resource, date: string, timetable: Timetable, zone: string): Stretch[] {
  const own = resource.timezone;
  if (!own || own === zone) return inOwnZone(resource, date, timetable);
  return [addDays(date, -1), date, addDays(date, 1)]
    .flatMap((ownDate) =>
      inOwnZone(resource, ownDate, timetable).map(({ start, end }) => ({
        start: localTimeOf(instantAt(ownDate, start, own), zone),
        end: localTimeOf(instantAt(ownDate, end, own), zone),
      })),
    )
    .flatMap(({ start, end }) => within(date, start, end) ?? []);
}

/** Returns the part of [start, end) that lies on a date, null when none does. Both are local times. */
export function within(date: string, start: string, end: string): Stretch | null {
  const nextDate = addDays(date, 1);
  if (start.slice(0, 10) >= nextDate || end <= `${date} 00:00:00`) return null;
  const stretch = {
    start: start.slice(0, 10) < date ? 0 : minuteOfDay(start),
    end: end.slice(0, 10) >= nextDate ? MINUTES_PER_DAY : minuteOfDay(end),
  };
  return stretch.start < stretch.end ? stretch : null;
}

/** Returns what of `whole` is not open. */
export function closures(open: readonly Stretch[], whole: Stretch): Stretch[] {
  const closed: Stretch[] = [];
  let from = whole.start;
  for (const { start, end } of [...open].sort((a, b) => a.start - b.start)) {
    if (start > from) closed.push({ start: from, end: Math.min(start, whole.end) });
    from = Math.max(from, end);
  }
  if (from < whole.end) closed.push({ start: from, end: whole.end });
  return closed.filter(({ start, end }) => start < end);
}

const HOUR: Minute = 60;
/** Room to see, and to book, just outside the hours. */
const MARGIN: Minute = HOUR;
const USUAL: Stretch = { start: 9 * HOUR, end: 17 * HOUR };

/** Returns the whole hours of a day that hold what is open and what is taken, with room around it. */
export function hoursAround(open: readonly Stretch[], taken: readonly Stretch[]): Stretch {
  const shown = [...(open.length > 0 ? open : [USUAL]), ...taken];
  const start = Math.min(...shown.map((stretch) => stretch.start)) - MARGIN;
  const end = Math.max(...shown.map((stretch) => stretch.end)) + MARGIN;
  return {
    start: Math.max(0, Math.floor(start / HOUR) * HOUR),
    end: Math.min(MINUTES_PER_DAY, Math.ceil(end / HOUR) * HOUR),
  };
}

/**
 * A resource's own hours on a date come before the business's, either before the weekly ones; a resource with any
 * weekly hours does not use the business's.
 */
function inOwnZone({ id }: Resource, date: string, { weekly, overrides }: Timetable): Stretch[] {
  const onDate = overrides.filter((override) => override.date === date);
  const ownOnDate = onDate.filter(({ resource }) => resource === id);
  const special = ownOnDate.length > 0 ? ownOnDate : onDate.filter(({ resource }) => !resource);
  if (special.length > 0) return ordered(special);
  const own = weekly.filter(({ resource }) => resource === id);
  const usual = own.length > 0 ? own : weekly.filter(({ resource }) => !resource);
  return ordered(usual.filter(({ weekday }) => weekday === weekdayOf(date)));
}

function ordered(hours: readonly { opens?: string | null; closes?: string | null }[]): Stretch[] {
  return hours
    .flatMap(({ opens, closes }) => (opens && closes ? [{ start: minuteOf(opens), end: minuteOf(closes) }] : []))
    .sort((a, b) => a.start - b.start);
}

function instantAt(date: string, minute: Minute, zone: string): Date {
  return instantOf(minute === MINUTES_PER_DAY ? `${addDays(date, 1)} 00:00:00` : `${date} ${clockOf(minute)}:00`, zone);
}
