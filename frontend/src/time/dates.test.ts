import { describe, expect, it } from "vitest";

import { addDays, addMonths, datesFrom, isDate, startOfWeek, weekdayOf } from "./dates";

describe("dates", () => {
  it("are counted across months and years", () => {
    expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
    expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
    expect(datesFrom("2028-02-28", 3)).toEqual(["2028-02-28", "2028-02-29", "2028-03-01"]);
  });

  it("keep the day of the month, or take the last one", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2026-03-31", -1)).toBe("2026-02-28");
    expect(addMonths("2026-12-15", 1)).toBe("2027-01-15");
  });

  it("know their weekday and their week", () => {
    expect(weekdayOf("2026-11-22")).toBe(6);
    expect(startOfWeek("2026-11-22", 0)).toBe("2026-11-16");
    expect(startOfWeek("2026-11-22", 6)).toBe("2026-11-22");
    expect(startOfWeek("2026-11-21", 6)).toBe("2026-11-15");
  });

  it("are told from other texts", () => {
    expect(["2026-02-28", "2026-02-30", "2026-2-3", "", "2026-13-01", "today"].map(isDate)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
