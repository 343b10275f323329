import { describe, expect, it } from "vitest";

import type { AppointmentStatus } from "@/api/shapes";
import { appointmentWith } from "@/testing/fixtures";

import { actsFor, slotsOf, summaryOf } from "./agenda";

const before = new Date("2026-03-02T09:00:00-05:00");
const during = new Date("2026-03-02T10:10:00-05:00");
const after = new Date("2026-03-02T11:00:00-05:00");

describe("the agenda of a day", () => {
  it("puts appointments that start together side by side, in order", () => {
    const late = appointmentWith({ id: "late", start_at: "2026-03-02T12:00:00-05:00" });
    const early = appointmentWith({ id: "early", start_at: "2026-03-02T10:00:00-05:00" });
    const sameInstant = appointmentWith({ id: "same", start_at: "2026-03-02T15:00:00Z" });

    const slots = slotsOf([late, early, sameInstant]);

    expect(slots.map(({ appointments }) => appointments.map(({ id }) => id))).toEqual([["early", "same"], ["late"]]);
  });

  it.each<[AppointmentStatus, Date, string[]]>([
    ["pending", before, ["confirm", "cancel"]],
    ["confirmed", before, ["cancel"]],
    ["pending", during, ["complete", "no-show", "confirm", "cancel"]],
    ["confirmed", during, ["complete", "no-show", "cancel"]],
    ["completed", after, []],
    ["cancelled", before, []],
    ["no_show", after, []],
  ])("offers for one that is %s at %s: %s", (status, now, acts) => {
    expect(actsFor(appointmentWith({ status }), now)).toEqual(acts);
  });

  it("counts all but the cancelled, those to come, and those over but not settled", () => {
    const day = (["confirmed", "pending", "completed", "cancelled", "no_show"] as const).map((status) =>
      appointmentWith({ status }),
    );

    expect(summaryOf(day, before)).toEqual({ total: 4, ahead: 2, open: 0 });
    expect(summaryOf(day, during)).toEqual({ total: 4, ahead: 0, open: 0 });
    expect(summaryOf(day, after)).toEqual({ total: 4, ahead: 0, open: 2 });
  });
});
