import { describe, expect, it } from "vitest";

import { appointmentWith } from "@/testing/fixtures";

import { slotsOf, summaryOf } from "./agenda";

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

  it("counts all but the cancelled, those to come, and those over but not settled", () => {
    const day = (["confirmed", "pending", "completed", "cancelled", "no_show"] as const).map((status) =>
      appointmentWith({ status }),
    );

    expect(summaryOf(day, before)).toEqual({ total: 4, ahead: 2, open: 0 });
    expect(summaryOf(day, during)).toEqual({ total: 4, ahead: 0, open: 0 });
    expect(summaryOf(day, after)).toEqual({ total: 4, ahead: 0, open: 2 });
  });
});
