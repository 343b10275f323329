import { describe, expect, it } from "vitest";

import { datesOf, turned } from "./span";

describe("what a view shows", () => {
  it.each([
    ["day", 0, "2026-11-24", "2026-11-24", 1],
    ["agenda", 0, "2026-11-24", "2026-11-30", 7],
    ["week", 0, "2026-11-23", "2026-11-29", 7],
    ["week", 6, "2026-11-22", "2026-11-28", 7],
    ["month", 0, "2026-10-26", "2026-12-06", 42],
    ["month", 6, "2026-11-01", "2026-12-12", 42],
  ] as const)("%s, weeks from %s", (view, firstWeekday, first, last, count) => {
    const dates = datesOf(view, "2026-11-24", firstWeekday);

    expect([dates[0], dates.at(-1), dates.length]).toEqual([first, last, count]);
  });

  it("turns by what it shows", () => {
    expect(turned("day", "2026-11-30", 1)).toBe("2026-12-01");
    expect(turned("week", "2026-11-24", -1)).toBe("2026-11-17");
    expect(turned("month", "2026-03-31", -1)).toBe("2026-02-28");
    expect(turned("agenda", "2026-11-24", 1)).toBe("2026-12-01");
  });
});
