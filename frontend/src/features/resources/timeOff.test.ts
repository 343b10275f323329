import { describe, expect, it } from "vitest";

import { localOf, shownLength, shownRange, wholeDaysOf, written } from "./timeOff";

const range = (start_at: string, end_at: string) => ({ start_at, end_at });
const holiday = range("2026-03-02T00:00:00-05:00", "2026-03-16T00:00:00-04:00");
const morning = range("2026-03-02T09:00:00-05:00", "2026-03-02T12:30:00-05:00");
const trip = range("2026-03-02T15:00:00-05:00", "2026-03-05T09:00:00-05:00");

describe("time off", () => {
  it("has whole days where it begins and ends at midnight, whatever clocks did meanwhile", () => {
    expect(wholeDaysOf(holiday)).toEqual({ first: "2026-03-02", last: "2026-03-15" });
    expect(wholeDaysOf(morning)).toBeNull();
  });

  it.each([
    [holiday, "Mar 2 – 15, 2026", "14 days"],
    [range("2026-03-02T00:00:00-05:00", "2026-03-03T00:00:00-05:00"), "Mon, Mar 2, 2026", "1 day"],
    [morning, "Mon, Mar 2, 2026, 9:00 AM – 12:30 PM", "3 h 30 min"],
    [trip, "Mon, Mar 2, 2026, 3:00 PM – Thu, Mar 5, 2026, 9:00 AM", "3 days"],
  ])("is shown in words", (off, words, length) => {
    expect(shownRange(off).replaceAll(/[\u2009\u202f]/g, " ")).toBe(words);
    expect(shownLength(off)).toBe(length);
  });

  it("is sent in local time, the end of a day as the next one's beginning", () => {
    expect(written({ date: "2026-03-02", minute: 570 })).toBe("2026-03-02T09:30:00");
    expect(written({ date: "2026-12-31", minute: 1440 })).toBe("2027-01-01T00:00:00");
    expect(localOf("2026-03-02T09:30:00-05:00")).toEqual({ date: "2026-03-02", minute: 570 });
  });
});
