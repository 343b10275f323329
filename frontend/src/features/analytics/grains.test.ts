import { describe, expect, it } from "vitest";

import { bucketsOf, grainOf, weekdayOf } from "./grains";

const DAY_MS = 24 * 3_600_000;

function daysUntil(last: string, count: number) {
  return Array.from({ length: count }, (_, position) => ({
    date: new Date(Date.parse(`${last}T00:00:00Z`) - (count - 1 - position) * DAY_MS).toISOString().slice(0, 10),
  }));
}

const spansOf = (...args: Parameters<typeof bucketsOf>) => bucketsOf(...args).map(({ first, last }) => [first, last]);

describe("how finely a window is drawn", () => {
  it.each([
    [1, "day"],
    [92, "day"],
    [93, "week"],
    [731, "week"],
    [732, "month"],
    [3660, "month"],
  ])("%i days by the %s", (days, grain) => {
    expect(grainOf(days)).toBe(grain);
  });

  it("makes a bar of every day", () => {
    expect(spansOf(daysUntil("2026-03-01", 3), "day")).toEqual([
      ["2026-02-27", "2026-02-27"],
      ["2026-02-28", "2026-02-28"],
      ["2026-03-01", "2026-03-01"],
    ]);
  });

  it("begins weeks on Monday and cuts the first and the last short", () => {
    expect(spansOf(daysUntil("2026-03-03", 12), "week")).toEqual([
      ["2026-02-20", "2026-02-22"],
      ["2026-02-23", "2026-03-01"],
      ["2026-03-02", "2026-03-03"],
    ]);
  });

  it("keeps months together", () => {
    expect(spansOf(daysUntil("2026-03-02", 32), "month")).toEqual([
      ["2026-01-30", "2026-01-31"],
      ["2026-02-01", "2026-02-28"],
      ["2026-03-01", "2026-03-02"],
    ]);
  });

  it.each(["day", "week", "month"] as const)("loses no day by the %s", (grain) => {
    const days = daysUntil("2026-11-22", 800);

    expect(bucketsOf(days, grain).flatMap(({ rows }) => rows)).toEqual(days);
  });

  it("knows the weekdays, Monday first", () => {
    expect(["2026-11-16", "2026-11-20", "2026-11-22"].map(weekdayOf)).toEqual([0, 4, 6]);
  });
});
