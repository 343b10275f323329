import { addDays, addMonths, datesFrom, startOfWeek } from "@/time/dates";

export const views = ["day", "week", "month", "agenda"] as const;
export type View = (typeof views)[number];

const DAYS: Record<View, number> = { day: 1, week: 7, month: 42, agenda: 7 };

/** Returns the dates that a view shows around `date`, in order; a month has six whole weeks. */
export function datesOf(view: View, date: string, firstWeekday: number): string[] {
  return datesFrom(firstOf(view, date, firstWeekday), DAYS[view]);
}

function firstOf(view: View, date: string, firstWeekday: number): string {
  if (view === "week") return startOfWeek(date, firstWeekday);
  if (view === "month") return startOfWeek(`${date.slice(0, 8)}01`, firstWeekday);
  return date;
}

/** Returns the date that the next (1) or the previous (-1) page of a view is around. */
export function turned(view: View, date: string, by: 1 | -1): string {
  return view === "month" ? addMonths(date, by) : addDays(date, DAYS[view] * by);
}
