import { describe, expect, it } from "vitest";

import { localTimeOf } from "@/time/localTime";
import { appointmentWith } from "@/testing/fixtures";

import { carriedOn, type Layout } from "./carry";

const ZONE = "America/New_York";
const appointment = appointmentWith({ start_at: "2026-03-07T10:00:00-05:00", resources: [3] });
const lifted = { appointment, from: 3, to: 3, startAt: new Date(appointment.start_at) };

function after(layout: Layout, arrow: Parameters<typeof carriedOn>[1], rows = [1, 3, 5]) {
  const { to, startAt } = carriedOn(lifted, arrow, { layout, zone: ZONE, rows });
  return [localTimeOf(startAt, ZONE), to];
}

describe("carrying an appointment by keyboard", () => {
  it("goes along the hours and between the rows of a day", () => {
    expect(after("rows", "ArrowRight")).toEqual(["2026-03-07 10:15:00", 3]);
    expect(after("rows", "ArrowLeft")).toEqual(["2026-03-07 09:45:00", 3]);
    expect(after("rows", "ArrowUp")).toEqual(["2026-03-07 10:00:00", 1]);
    expect(after("rows", "ArrowDown")).toEqual(["2026-03-07 10:00:00", 5]);
    expect(after("rows", "ArrowDown", [1, 3])).toEqual(["2026-03-07 10:00:00", 3]);
  });

  it("goes down the hours and between the days of a week, on the same time of day when clocks change", () => {
    expect(after("columns", "ArrowDown")).toEqual(["2026-03-07 10:15:00", 3]);
    expect(after("columns", "ArrowRight")).toEqual(["2026-03-08 10:00:00", 3]);
  });

  it("goes by days and weeks in a month", () => {
    expect(after("month", "ArrowLeft")).toEqual(["2026-03-06 10:00:00", 3]);
    expect(after("month", "ArrowUp")).toEqual(["2026-02-28 10:00:00", 3]);
  });
});
