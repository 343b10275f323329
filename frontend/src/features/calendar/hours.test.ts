import { describe, expect, it } from "vitest";

import type { Resource } from "@/api/shapes";
import { resource } from "@/testing/fixtures";

import { closures, hoursAround, openings, type Timetable, within } from "./hours";

const ZONE = "America/New_York";
const MONDAY = "2026-03-02";

const weekly = (resourceId: number | null, weekday: number, opens: string, closes: string) => ({
  id: weekday,
  resource: resourceId,
  weekday,
  opens,
  closes,
});
const on = (date: string, resourceId: number | null, opens: string | null, closes: string | null) => ({
  id: 1,
  resource: resourceId,
  date,
  opens,
  closes,
});

function openingsWith(timetable: Partial<Timetable>, date = MONDAY, who: Resource = resource) {
  const found = openings(who, date, { weekly: [], overrides: [], ...timetable }, ZONE);
  return found.map(({ start, end }) => [start / 60, end / 60]);
}

describe("the hours of a resource", () => {
  const business = weekly(null, 0, "08:00", "18:00");
  const own = [weekly(resource.id, 0, "13:00", "17:00"), weekly(resource.id, 0, "09:00", "12:00")];

  it("are the business's as long as it has none of its own", () => {
    expect(openingsWith({ weekly: [business] })).toEqual([[8, 18]]);
    expect(openingsWith({ weekly: [business, ...own] })).toEqual([
      [9, 12],
      [13, 17],
    ]);
  });

  it("are its own on every day once it has any", () => {
    const tuesday = weekly(null, 1, "08:00", "18:00");
    expect(openingsWith({ weekly: [business, tuesday, ...own] }, "2026-03-03")).toEqual([]);
  });

  it("give way to the business's on single dates, and these to its own", () => {
    const closed = on(MONDAY, null, null, null);
    const late = on(MONDAY, resource.id, "18:00", "24:00");
    expect(openingsWith({ weekly: own, overrides: [closed] })).toEqual([]);
    expect(openingsWith({ weekly: own, overrides: [closed, late] })).toEqual([[18, 24]]);
    expect(openingsWith({ weekly: own, overrides: [on("2026-03-03", null, null, null)] })).toHaveLength(2);
  });

  it("of another zone are shown on the business's clocks, on the date they fall on there", () => {
    const inTokyo = { ...resource, timezone: "Asia/Tokyo" };
    const hours = [weekly(resource.id, 0, "09:00", "15:00"), weekly(resource.id, 1, "09:00", "15:00")];
    // Monday 9:00 in Tokyo is Sunday 19:00 in New York.
    expect(openingsWith({ weekly: hours }, "2026-03-01", inTokyo)).toEqual([[19, 24]]);
    expect(openingsWith({ weekly: hours }, MONDAY, inTokyo)).toEqual([
      [0, 1],
      [19, 24],
    ]);
  });
});

describe("stretches of a day", () => {
  it("leave what is not open", () => {
    const open = [
      { start: 780, end: 1020 },
      { start: 540, end: 720 },
    ];
    expect(closures(open, { start: 480, end: 1080 })).toEqual([
      { start: 480, end: 540 },
      { start: 720, end: 780 },
      { start: 1020, end: 1080 },
    ]);
    expect(closures([], { start: 480, end: 1080 })).toEqual([{ start: 480, end: 1080 }]);
    expect(closures([{ start: 0, end: 1440 }], { start: 480, end: 1080 })).toEqual([]);
  });

  it("are cut at midnight", () => {
    const span = ["2026-03-01 22:00:00", "2026-03-03 00:00:00"] as const;
    expect(within("2026-03-01", ...span)).toEqual({ start: 1320, end: 1440 });
    expect(within("2026-03-02", ...span)).toEqual({ start: 0, end: 1440 });
    expect(within("2026-03-03", ...span)).toBeNull();
    expect(within("2026-02-28", ...span)).toBeNull();
  });

  it("are shown in whole hours with room around them, never beyond the day", () => {
    expect(hoursAround([{ start: 570, end: 1035 }], [])).toEqual({ start: 480, end: 1140 });
    expect(hoursAround([{ start: 30, end: 900 }], [{ start: 1380, end: 1425 }])).toEqual({ start: 0, end: 1440 });
    expect(hoursAround([], [{ start: 600, end: 645 }])).toEqual({ start: 480, end: 1080 });
  });
});
