import { describe, expect, it } from "vitest";

import { instantOf, minuteOfDay, shifted, localTimeOf } from "./localTime";

describe("local times", () => {
  it.each([
    ["a common day", "2026-03-02 10:00:00", "America/New_York", "2026-03-02T15:00:00.000Z"],
    ["before clocks are put forward", "2026-03-29 01:59:00", "Europe/Berlin", "2026-03-29T00:59:00.000Z"],
    ["after clocks are put forward", "2026-03-29 03:00:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
    ["the first of an hour shown twice", "2026-10-25 02:30:00", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
    ["after clocks are put back", "2026-10-25 03:00:00", "Europe/Berlin", "2026-10-25T02:00:00.000Z"],
    ["a zone put back at midnight", "2026-11-01 00:30:00", "America/Havana", "2026-11-01T04:30:00.000Z"],
    ["the morning of the day New York goes forward", "2026-03-08 09:00:00", "America/New_York", "2026-03-08T13:00:00.000Z"],
    ["half an hour of summer time", "2026-10-04 02:45:00", "Australia/Lord_Howe", "2026-10-03T15:45:00.000Z"],
  ])("%s", (_, local, zone, instant) => {
    expect(instantOf(local, zone).toISOString()).toBe(instant);
    expect(localTimeOf(new Date(instant), zone)).toBe(local);
  });

  it("read a time that clocks skip as the one an hour later", () => {
    const instant = instantOf("2026-03-29 02:30:00", "Europe/Berlin");

    expect(localTimeOf(instant, "Europe/Berlin")).toBe("2026-03-29 03:30:00");
  });

  it("show both instants of a repeated hour alike", () => {
    const shown = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"].map((instant) =>
      localTimeOf(new Date(instant), "Europe/Berlin"),
    );

    expect(shown).toEqual(["2026-10-25 02:30:00", "2026-10-25 02:30:00"]);
  });

  it("come back from every quarter of an hour of a year, in several zones", () => {
    for (const zone of ["America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Africa/Cairo", "Pacific/Chatham"]) {
      for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 53 * 900_000) {
        const local = localTimeOf(new Date(ms), zone);
        expect([zone, localTimeOf(instantOf(local, zone), zone)]).toEqual([zone, local]);
      }
    }
  });

  it("can be moved and read as minutes", () => {
    expect(shifted("2026-02-28 23:50:00", 15)).toBe("2026-03-01 00:05:00");
    expect(minuteOfDay("2026-02-28 23:50:00")).toBe(1430);
  });
});
