import { describe, expect, it } from "vitest";

import type { TimeOff } from "@/api/shapes";

import { blockOf, formOf } from "./block";

const ZONE = "America/New_York";
const standing = { zone: ZONE, date: "2026-03-02", resourceId: 7 };
const timeOff = (start_at: string, end_at: string) =>
  ({ id: 4, resource: 3, reason: "Vacation", source: "manual", start_at, end_at }) as TimeOff;

describe("blocking time", () => {
  it("begins with the stretch that was marked", () => {
    const marked = { start: "2026-03-02 10:00:00", end: "2026-03-02 11:30:00", resourceId: 5 };

    const form = formOf(marked, standing);

    expect(form).toMatchObject({ resource: 5, isWholeDays: false, startMinute: 600, endMinute: 690 });
    expect(blockOf(form, ZONE)).toEqual({
      resource: 5,
      startAt: new Date("2026-03-02T10:00:00-05:00"),
      endAt: new Date("2026-03-02T11:30:00-05:00"),
      reason: "",
    });
  });

  it("begins at noon of the day that is shown where nothing was marked", () => {
    expect(formOf({}, standing)).toMatchObject({ resource: 7, startDate: "2026-03-02", startMinute: 720, endMinute: 780 });
  });

  it("takes whole days as they were entered, the last one included, across a change of clocks", () => {
    const off = timeOff("2026-03-07T00:00:00-05:00", "2026-03-09T00:00:00-04:00");

    const form = formOf({ timeOff: off }, standing);

    expect(form).toMatchObject({ isWholeDays: true, startDate: "2026-03-07", endDate: "2026-03-08", reason: "Vacation" });
    expect(blockOf(form, ZONE)).toMatchObject({ startAt: new Date(off.start_at), endAt: new Date(off.end_at) });
  });

  it("knows an end at midnight from one at the beginning of the day", () => {
    const off = timeOff("2026-03-02T18:00:00-05:00", "2026-03-03T00:00:00-05:00");

    const form = formOf({ timeOff: off }, standing);

    expect(form).toMatchObject({ isWholeDays: false, endDate: "2026-03-02", endMinute: 1440 });
    expect(blockOf(form, ZONE)).toMatchObject({ endAt: new Date(off.end_at) });
  });

  it("wants both ends, in order", () => {
    const form = formOf({}, standing);

    expect(blockOf({ ...form, endMinute: null }, ZONE)).toBe("incomplete");
    expect(blockOf({ ...form, endMinute: form.startMinute }, ZONE)).toBe("order");
    expect(blockOf({ ...form, isWholeDays: true, endMinute: null }, ZONE)).toMatchObject({ resource: 7 });
  });
});
