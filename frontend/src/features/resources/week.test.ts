import { describe, expect, it } from "vitest";

import type { Week } from "@/api/shapes";
import type { Span } from "@/ui/TimeRange";

import {
  asDraft,
  CLOSED,
  crossesMidnight,
  daysOf,
  draftOf,
  type DraftWeek,
  hoursToOpenWith,
  isFaultless,
  isSame,
  minutesIn,
  problemsOf,
  withDay,
  withDayCopied,
  withHoursAdded,
  withNightSplit,
} from "./week";

const at = (hour: number, minute = 0) => hour * 60 + minute;
const span = (opens: number | null, closes: number | null): Span => ({ opens, closes });
const times = (day: readonly Span[] | undefined) => day?.map(({ opens, closes }) => [opens, closes]);
const dayWith = (...spans: Span[]) => asDraft(spans);
const weekWith = (days: Record<number, Span[]>): DraftWeek => CLOSED.map((_, weekday) => asDraft(days[weekday] ?? []));
const problemsIn = (...spans: Span[]) => [...problemsOf(dayWith(...spans)).values()];

const week: Week = {
  resource: null,
  days: [
    {
      weekday: 0,
      intervals: [
        { opens: "09:00", closes: "12:00" },
        { opens: "13:00", closes: "17:30" },
      ],
    },
    { weekday: 4, intervals: [{ opens: "18:00", closes: "24:00" }] },
  ],
};

describe("a week being edited", () => {
  it("is what the server gave, and goes back the same", () => {
    const draft = draftOf(week);

    expect(draft).toHaveLength(7);
    expect(times(draft[0])).toEqual([
      [at(9), at(12)],
      [at(13), at(17, 30)],
    ]);
    expect(daysOf(draft)[0]).toEqual(week.days[0]);
    expect(daysOf(draft)[4]).toEqual(week.days[1]);
    expect(daysOf(draft)[6]).toEqual({ weekday: 6, intervals: [] });
  });

  it("goes back with each day in order", () => {
    const draft = weekWith({ 2: [span(at(14), at(18)), span(at(8), at(12))] });

    expect(daysOf(draft)[2]?.intervals.map(({ opens }) => opens)).toEqual(["08:00", "14:00"]);
  });

  it("has changed only when its times have", () => {
    const draft = draftOf(week);

    expect(isSame(draft, draftOf(week))).toBe(true);
    expect(isSame(draft, withDay(draft, 0, [...(draft[0] ?? [])].reverse()))).toBe(true);
    expect(isSame(draft, withDay(draft, 4, []))).toBe(false);
  });

  it("is as long as its hours together", () => {
    expect(minutesIn(draftOf(week))).toBe(at(3) + at(4, 30) + at(6));
    expect(minutesIn(weekWith({ 0: [span(at(9), null)] }))).toBe(0);
  });
});

describe("the hours of a day", () => {
  it("may touch, and may end at midnight", () => {
    expect(problemsIn(span(at(9), at(12)), span(at(12), at(24)))).toEqual([]);
  });

  it.each([
    ["partly", span(at(11, 59), at(13))],
    ["within", span(at(10), at(11))],
    ["the same", span(at(9), at(12))],
  ])("overlap: %s", (_, other) => {
    expect(problemsIn(span(at(9), at(12)), other)).toEqual(["overlap", "overlap"]);
  });

  it("end after they begin, and do not overlap others when they do not", () => {
    expect(problemsIn(span(at(12), at(12)), span(at(10), at(14)))).toEqual(["order"]);
  });

  it("are missing while one of their times is", () => {
    expect(problemsIn(span(null, at(12)), span(at(9), null))).toEqual(["missing", "missing"]);
    expect(isFaultless(weekWith({ 3: [span(at(9), null)] }))).toBe(false);
    expect(isFaultless(draftOf(week))).toBe(true);
  });
});

describe("hours are added", () => {
  it("after the last ones with a break between", () => {
    expect(times(withHoursAdded(dayWith(span(at(9), at(12)))) ?? [])).toEqual([
      [at(9), at(12)],
      [at(13), at(17)],
    ]);
  });

  it("until midnight at most, and not where no room is left", () => {
    expect(times(withHoursAdded(dayWith(span(at(9), at(21)))) ?? [])?.[1]).toEqual([at(22), at(24)]);
    expect(withHoursAdded(dayWith(span(at(9), at(23))))).toBeNull();
    expect(withHoursAdded(dayWith(span(at(9), null)))).toBeNull();
  });

  it("to a closed day as on the last open day before it", () => {
    const draft = weekWith({ 0: [span(at(8), at(12))], 2: [span(at(10), at(20))] });

    expect(times(hoursToOpenWith(draft, 4))).toEqual([[at(10), at(20)]]);
    expect(times(hoursToOpenWith(draft, 1))).toEqual([[at(8), at(12)]]);
    expect(times(hoursToOpenWith(draft, 0))).toEqual([[at(9), at(17)]]);
  });
});

describe("a day is copied", () => {
  it("in place of what the others had, each time with keys of its own", () => {
    const draft = weekWith({ 0: [span(at(9), at(17))], 1: [span(at(6), at(8))] });

    const copied = withDayCopied(draft, 0, [0, 1, 4]);

    expect(copied.map(times)).toEqual([[[540, 1020]], [[540, 1020]], [], [], [[540, 1020]], [], []]);
    expect(new Set(copied.flat().map(({ key }) => key)).size).toBe(3);
  });

  it("closed too", () => {
    const draft = weekWith({ 1: [span(at(6), at(8))] });

    expect(withDayCopied(draft, 0, [1]).map(times)).toEqual(CLOSED.map(() => []));
  });
});

describe("a night", () => {
  it("is told from a mistake by ending before it begins", () => {
    expect(crossesMidnight(span(at(18), at(2)))).toBe(true);
    expect(crossesMidnight(span(at(9), at(9)))).toBe(false);
    expect(crossesMidnight(span(at(9), null))).toBe(false);
  });

  it("ends at midnight and goes on the next day, from Sunday on Monday", () => {
    const draft = weekWith({ 6: [span(at(18), at(2))], 0: [span(at(9), at(17))] });
    const key = draft[6]?.[0]?.key ?? 0;

    const split = withNightSplit(draft, 6, key);

    expect(times(split[6])).toEqual([[at(18), at(24)]]);
    expect(times(split[0])).toEqual([
      [0, at(2)],
      [at(9), at(17)],
    ]);
    expect(isFaultless(split)).toBe(true);
  });
});
