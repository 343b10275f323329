import { describe, expect, it } from "vitest";

import type { AppointmentStatus } from "@/api/shapes";
import { appointmentWith } from "@/testing/fixtures";

import { type Act, actsFor, canUndo } from "./acts";

const before = new Date("2026-03-02T09:00:00-05:00");
const during = new Date("2026-03-02T10:10:00-05:00");
const after = new Date("2026-03-02T11:00:00-05:00");

describe("what can be done with an appointment", () => {
  it.each<[AppointmentStatus, Date, Act[]]>([
    ["pending", before, ["confirm", "cancel"]],
    ["confirmed", before, ["cancel"]],
    ["pending", during, ["complete", "no-show", "confirm", "cancel"]],
    ["confirmed", during, ["complete", "no-show", "cancel"]],
    ["completed", after, ["reopen"]],
    ["no_show", after, ["reopen"]],
    ["cancelled", before, ["reopen"]],
    ["cancelled", after, []],
  ])("%s at %s: %s", (status, now, acts) => {
    expect(actsFor(appointmentWith({ status }), now)).toEqual(acts);
  });

  it.each<[Act, Date, boolean]>([
    ["cancel", before, true],
    ["cancel", during, false],
    ["complete", during, true],
    ["no-show", during, true],
    ["confirm", before, false],
    ["reopen", before, false],
  ])("%s at %s can be taken back: %s", (act, now, isUndoable) => {
    expect(canUndo(act, appointmentWith(), now)).toBe(isUndoable);
  });
});
