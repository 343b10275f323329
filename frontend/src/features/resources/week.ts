import type { Week } from "@/api/shapes";
import { clockOf, MINUTES_PER_DAY, type Minute, minuteOf } from "@/time/wallClock";
import type { Span } from "@/ui/TimeRange";

/** Hours being edited: `key` stays with them while their times change. */
export interface Hours extends Span {
  key: number;
}

/** The hours of one day in the order in which they were entered. */
export type DayHours = readonly Hours[];

/** Monday to Sunday. */
export type DraftWeek = readonly DayHours[];

export type Problem = "missing" | "order" | "overlap";

export const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const FIRST_HOURS: Span = { opens: 9 * 60, closes: 17 * 60 };
const BREAK: Minute = 60;
const LONGEST_ADDED: Minute = 4 * 60;
/** The most the server takes for one day. */
const MOST_IN_A_DAY = 24;

let lastKey = 0;
const keyed = ({ opens, closes }: Span): Hours => ({ key: (lastKey += 1), opens, closes });

/** Returns hours as ones that can be edited. */
export function asDraft(spans: readonly Span[]): DayHours {
  return spans.map(keyed);
}

/** Returns the week the server gave as one that can be edited. */
export function draftOf(week: Week): DraftWeek {
  return WEEKDAYS.map((weekday) =>
    (week.days.find((day) => day.weekday === weekday)?.intervals ?? []).map(({ opens, closes }) =>
      keyed({ opens: minuteOf(opens), closes: minuteOf(closes) }),
    ),
  );
}

/** Returns an edited week as the server takes it, each day in order. Hours that are not complete are left out. */
export function daysOf(draft: DraftWeek): Week["days"] {
  return draft.map((day, weekday) => ({
    weekday,
    intervals: complete(day).map(({ opens, closes }) => ({ opens: clockOf(opens), closes: clockOf(closes) })),
  }));
}

/** Returns what is wrong with the hours of a day, by their key; hours that only touch are in order. */
export function problemsOf(day: DayHours): ReadonlyMap<number, Problem> {
  const problems = new Map<number, Problem>();
  for (const hours of day) {
    const problem = problemWith(hours, day);
    if (problem !== null) problems.set(hours.key, problem);
  }
  return problems;
}

function problemWith({ key, opens, closes }: Hours, day: DayHours): Problem | null {
  if (opens === null || closes === null) return "missing";
  if (opens >= closes) return "order";
  const others = complete(day).filter((other) => other.key !== key && other.opens < other.closes);
  return others.some((other) => other.opens < closes && other.closes > opens) ? "overlap" : null;
}

/** A week without any hours. */
export const CLOSED: DraftWeek = WEEKDAYS.map(() => []);

export function isFaultless(draft: DraftWeek): boolean {
  return draft.every((day) => problemsOf(day).size === 0);
}

export function isSame(one: DraftWeek, other: DraftWeek): boolean {
  return JSON.stringify(daysAsTyped(one)) === JSON.stringify(daysAsTyped(other));
}

/** Returns how long the hours of a week are together. */
export function minutesIn(draft: DraftWeek): Minute {
  return draft
    .flatMap(complete)
    .filter(({ opens, closes }) => opens < closes)
    .reduce((sum, { opens, closes }) => sum + closes - opens, 0);
}

/** Returns the week with other hours on one day. */
export function withDay(draft: DraftWeek, weekday: number, day: DayHours): DraftWeek {
  return draft.map((current, position) => (position === weekday ? day : current));
}

/** Returns the day with hours added behind the last ones, null where no room is left. */
export function withHoursAdded(day: DayHours): DayHours | null {
  const last = Math.max(-1, ...day.map(({ closes }) => closes ?? -1));
  if (last === -1) return day.length === 0 ? [keyed(FIRST_HOURS)] : null;
  const opens = last + BREAK;
  if (opens >= MINUTES_PER_DAY || day.length >= MOST_IN_A_DAY) return null;
  return [...day, keyed({ opens, closes: Math.min(opens + LONGEST_ADDED, MINUTES_PER_DAY) })];
}

/** Returns the hours a closed day opens with: those of the last open day before it, else usual ones. */
export function hoursToOpenWith(draft: DraftWeek, weekday: number): DayHours {
  const before = draft.slice(0, weekday).findLast((day) => day.length > 0) ?? [FIRST_HOURS];
  return before.map(keyed);
}

/** Returns the week with the hours of one day on others too, in place of what they had. */
export function withDayCopied(draft: DraftWeek, from: number, to: readonly number[]): DraftWeek {
  const source = draft[from] ?? [];
  return draft.map((day, weekday) => (weekday !== from && to.includes(weekday) ? source.map(keyed) : day));
}

/** Whether hours look like those of a night: they end on the next day. */
export function crossesMidnight({ opens, closes }: Span): boolean {
  return opens !== null && closes !== null && closes < opens;
}

/** Returns the week with hours that go on after midnight ending there, and the rest on the next day. */
export function withNightSplit(draft: DraftWeek, weekday: number, key: number): DraftWeek {
  const night = draft[weekday]?.find((hours) => hours.key === key);
  if (night === undefined || !crossesMidnight(night)) return draft;
  const evening = { ...night, closes: MINUTES_PER_DAY };
  const morning = keyed({ opens: 0, closes: night.closes });
  const next = (weekday + 1) % WEEKDAYS.length;
  return draft.map((day, position) => {
    if (position === weekday) return day.map((hours) => (hours.key === key ? evening : hours));
    return position === next ? [morning, ...day] : day;
  });
}

function complete(day: DayHours): { key: number; opens: Minute; closes: Minute }[] {
  return day
    .flatMap(({ key, opens, closes }) => (opens === null || closes === null ? [] : [{ key, opens, closes }]))
    .sort((one, other) => one.opens - other.opens);
}

function daysAsTyped(draft: DraftWeek): Span[][] {
  const byOpening = (one: Span, other: Span) => (one.opens ?? -1) - (other.opens ?? -1);
  return draft.map((day) => day.map(({ opens, closes }) => ({ opens, closes })).sort(byOpening));
}
