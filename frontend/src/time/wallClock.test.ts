import { describe, expect, it } from "vitest";

import { clockOf, minuteOf, readMinute, shownMinute } from "./wallClock";

describe("a time of day", () => {
  it.each([
    ["00:00", 0],
    ["09:30", 570],
    ["24:00", 1440],
  ])("reads and writes the API's %s", (clock, minute) => {
    expect(minuteOf(clock)).toBe(minute);
    expect(clockOf(minute)).toBe(clock);
  });

  it.each([
    ["9", 540],
    ["9:30", 570],
    ["9.30", 570],
    ["930", 570],
    ["1745", 1065],
    ["18h", 1080],
    ["9:30 pm", 1290],
    ["9:30 p.m.", 1290],
    ["12 am", 0],
    ["12:15 PM", 735],
    ["24:00", 1440],
    ["Midnight", 1440],
  ])("understands %s", (typed, minute) => {
    expect(readMinute(typed)).toBe(minute);
  });

  it.each(["", "noonish", "25", "24:01", "9:60", "13 pm", "0 am", "9:3", "-1"])("does not guess at “%s”", (typed) => {
    expect(readMinute(typed)).toBeNull();
  });

  it("reads every half hour as it is shown", () => {
    for (let minute = 0; minute <= 1440; minute += 30) expect(readMinute(shownMinute(minute))).toBe(minute);
  });
});
