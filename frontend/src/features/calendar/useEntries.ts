import { useMemo } from "react";

import { MINUTES_PER_DAY } from "@/time/wallClock";

import { bufferEntries, closedEntries, offEntries } from "./backgrounds";
import { type Carried, type Drawing, type Entry, entriesByResource, entriesOnce, ofShown } from "./entries";
import { hoursAround, openings, type Stretch, within } from "./hours";
import { type Days, daysOf, monthEntries } from "./month";
import type { View } from "./span";
import type { Calendar } from "./useCalendar";

export interface Drawn {
  entries: Entry[];
  /** The hours of a day that are drawn. */
  hours: Stretch;
}

const WHOLE_DAY: Stretch = { start: 0, end: MINUTES_PER_DAY };

/** Returns what a view draws, made anew only when something in it changed. */
export function useEntries(calendar: Calendar, view: View, withAllHours: boolean, carried: Carried | null): Drawn {
  const hasHours = view === "day" || view === "week";
  const hours = useMemo(
    () => (withAllHours || !hasHours ? WHOLE_DAY : hoursShown(calendar)),
    [calendar, withAllHours, hasHours],
  );
  const grounds = useMemo(() => (hasHours ? groundsOf(calendar, hours) : []), [calendar, hasHours, hours]);
  const days = useMemo<Days>(
    () => (view === "month" ? daysOf(calendar.appointments, calendar) : new Map()),
    [calendar, view],
  );
  return useMemo(() => {
    const drawing = { ...calendar, carried };
    if (view === "agenda") return { entries: entriesOnce(calendar.appointments, drawing), hours };
    if (view === "month") return { entries: monthEntries(days, drawing), hours };
    const buffers = bufferEntries(calendar.appointments, drawing);
    return { entries: [...grounds, ...buffers, ...entriesByResource(calendar.appointments, drawing)], hours };
  }, [calendar, view, grounds, days, hours, carried]);
}

function groundsOf(calendar: Calendar, hours: Stretch): Entry[] {
  const grounds = { ...calendar, carried: null, hours };
  return [...closedEntries(calendar.timetable, grounds), ...offEntries(calendar.timeOff, grounds, calendar.origins)];
}

/** Returns the hours that hold the working hours of whom is shown, and their appointments. */
function hoursShown(calendar: Calendar): Stretch {
  const { appointments, dates, resources, timetable, zone } = calendar;
  const drawing: Drawing = { ...calendar, carried: null };
  const open = resources.flatMap((resource) => dates.flatMap((date) => openings(resource, date, timetable, zone)));
  const taken = entriesOnce(ofShown(appointments, resources), drawing).flatMap(({ start, end }) =>
    dates.flatMap((date) => within(date, String(start), String(end)) ?? []),
  );
  return hoursAround(open, taken);
}
