import { describe, expect, it } from "vitest";

import type { BusyTime } from "@/api/calendarSync";
import type { TimeOff } from "@/api/shapes";

import { offLabel, originsOf } from "./busy";

const off: TimeOff = {
  id: 5,
  resource: 7,
  start_at: "2026-03-02T10:00:00-05:00",
  end_at: "2026-03-02T11:00:00-05:00",
  reason: "",
  source: "calendar",
  created_at: "2026-03-01T10:00:00-05:00",
  updated_at: "2026-03-01T10:00:00-05:00",
};
const stretch: BusyTime = {
  resource: 7,
  start_at: "2026-03-02T14:30:00Z",
  end_at: "2026-03-02T16:00:00Z",
  connection: "c",
  calendar: "k",
  calendar_name: "Work",
  is_stale: false,
};

describe("where busy time comes from", () => {
  it("is the calendars of the same resource that are busy all the while", () => {
    const others = [
      { ...stretch, resource: 8, calendar_name: "Somebody else’s" },
      { ...stretch, end_at: "2026-03-02T15:30:00Z", calendar_name: "Over too early" },
    ];

    expect(originsOf([off], [stretch, ...others])).toEqual(new Map([[5, { name: "Work", isStale: false }]]));
    expect(originsOf([off], [stretch, { ...stretch, calendar_name: "Family" }]).get(5)?.name).toBe("Work, Family");
  });

  it("is nothing for what was blocked here, and for what nobody knows", () => {
    expect(originsOf([{ ...off, source: "manual" }], [stretch]).size).toBe(0);
    expect(originsOf([off], []).size).toBe(0);
  });

  it("stands in the calendar, with a word where it may be out of date", () => {
    expect(offLabel(off, { name: "Work", isStale: false })).toBe("Busy · Work");
    expect(offLabel(off, { name: "Work", isStale: true })).toBe("Busy · Work · may be out of date");
    expect(offLabel(off)).toBe("Busy · outside calendar");
    expect(offLabel({ source: "manual", reason: "Training" })).toBe("Training");
    expect(offLabel({ source: "manual" })).toBe("Time off");
  });
});
