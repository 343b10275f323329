import { describe, expect, it } from "vitest";

import { dayOf, offsetAt } from "./zone";

const HOUR = 3_600_000;

function span(instant: string, zone: string) {
  const { date, startAt, endAt } = dayOf(new Date(instant), zone);
  return [date, startAt.toISOString(), endAt.toISOString()];
}

describe("the day of a zone", () => {
  it.each([
    ["a common day", "2026-03-02T15:00Z", "America/New_York", "2026-03-02", "2026-03-02T05:00", "2026-03-03T05:00"],
    ["another date than in UTC", "2026-03-02T23:30Z", "Asia/Tokyo", "2026-03-03", "2026-03-02T15:00", "2026-03-03T15:00"],
    ["clocks put forward", "2026-03-29T12:00Z", "Europe/Berlin", "2026-03-29", "2026-03-28T23:00", "2026-03-29T22:00"],
    ["clocks put back", "2026-10-25T12:00Z", "Europe/Berlin", "2026-10-25", "2026-10-24T22:00", "2026-10-25T23:00"],
    ["no midnight", "2026-04-24T12:00Z", "Africa/Cairo", "2026-04-24", "2026-04-23T22:00", "2026-04-24T21:00"],
    ["midnight twice", "2026-11-01T12:00Z", "America/Havana", "2026-11-01", "2026-11-01T04:00", "2026-11-02T05:00"],
    ["a quarter of an hour", "2026-03-02T00:00Z", "Asia/Kathmandu", "2026-03-02", "2026-03-01T18:15", "2026-03-02T18:15"],
  ])("%s", (_, instant, zone, date, startAt, endAt) => {
    expect(span(instant, zone)).toEqual([date, `${startAt}:00.000Z`, `${endAt}:00.000Z`]);
  });

  it("follows on the day before without a gap, in every zone, for a year", () => {
    for (const zone of Intl.supportedValuesOf("timeZone").filter((_, position) => position % 12 === 0)) {
      let day = dayOf(new Date("2026-01-01T12:00:00Z"), zone);
      for (let count = 0; count < 365; count += 1) {
        const next = dayOf(day.endAt, zone);
        expect([zone, next.startAt, next.date > day.date]).toEqual([zone, day.endAt, true]);
        day = next;
      }
    }
  });

  it("knows how far clocks are ahead", () => {
    expect(offsetAt(new Date("2026-07-01T00:00:00.500Z"), "Europe/Berlin")).toBe(2 * HOUR);
    expect(offsetAt(new Date("2026-01-01T00:00:00Z"), "America/New_York")).toBe(-5 * HOUR);
  });
});
