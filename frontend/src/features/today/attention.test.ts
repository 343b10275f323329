import { describe, expect, it } from "vitest";

import { appointmentsQuota, appointmentWith } from "@/testing/fixtures";

import { isTight, toConfirmOf, unsettledOf } from "./attention";

const NOW = new Date("2026-03-02T12:00:00-05:00");
const at = (id: string, start: string, end: string, status: "pending" | "confirmed" | "completed" = "confirmed") =>
  appointmentWith({ id, start_at: `2026-03-02T${start}:00-05:00`, end_at: `2026-03-02T${end}:00-05:00`, status });
const idsOf = (appointments: readonly { id: string }[]) => appointments.map(({ id }) => id);

describe("what needs attention", () => {
  it("are appointments that are over and open, today's latest first, then those from before", () => {
    const today = [
      at("early", "09:00", "09:30"),
      at("done", "09:30", "10:00", "completed"),
      at("late", "11:00", "11:45", "pending"),
      at("under way", "11:30", "12:30"),
      at("to come", "15:00", "15:30"),
    ];
    const earlier = { count: 17, results: [at("yesterday", "08:00", "08:30"), at("day before", "08:00", "08:30")] };

    const { count, first } = unsettledOf(today, earlier, NOW);

    expect(count).toBe(19);
    expect(idsOf(first)).toEqual(["late", "early", "yesterday"]);
  });

  it("are appointments to confirm that have not begun", () => {
    const begun = at("begun", "11:30", "12:30", "pending");
    const next = at("next", "15:00", "15:30", "pending");
    const pending = { count: 5, results: [begun, next, at("confirmed meanwhile", "16:00", "16:30")] };

    const { count, first } = toConfirmOf([begun, next], pending, NOW);

    expect(count).toBe(4);
    expect(idsOf(first)).toEqual(["next"]);
  });

  it.each([
    ["near the limit", { state: "near" }, true],
    ["at the limit", { state: "reached" }, true],
    ["over it", { state: "over" }, true],
    ["far from it", { state: "ok" }, false],
    ["without one", { state: "unlimited", limit: null }, false],
    ["that the plan has nothing of", { state: "reached", limit: 0, used: 0 }, false],
  ])("is a quota %s: %o is %s", (_, parts, expected) => {
    expect(isTight({ ...appointmentsQuota, ...parts })).toBe(expected);
  });
});
