import { describe, expect, it } from "vitest";

import type { AppointmentStatus, Service } from "@/api/shapes";
import { appointmentWith } from "@/testing/fixtures";

import { answerTo, isMovable } from "./drop";

const massage = { id: 11, resource_groups: [[3, 5], [8, 9]] } as Service;
const appointment = appointmentWith({ resources: [3, 8] });
const sameTime = new Date(appointment.start_at);
const later = new Date("2026-03-02T12:00:00-05:00");

describe("letting an appointment go", () => {
  it("where it was does nothing", () => {
    expect(answerTo({ appointment, startAt: sameTime, from: 3, to: 3 }, massage)).toEqual({ kind: "nothing" });
    expect(answerTo({ appointment, startAt: sameTime }, massage)).toEqual({ kind: "nothing" });
  });

  it("at another time moves it with whom it has", () => {
    const move = { kind: "move", appointment, startAt: later };
    expect(answerTo({ appointment, startAt: later, from: 3, to: 3 }, massage)).toEqual(move);
    expect(answerTo({ appointment, startAt: later }, massage)).toEqual(move);
  });

  it("with somebody else of the same kind changes that one alone", () => {
    expect(answerTo({ appointment, startAt: sameTime, from: 3, to: 5 }, massage)).toMatchObject({ resources: [5, 8] });
    expect(answerTo({ appointment, startAt: later, from: 8, to: 9 }, massage)).toMatchObject({ resources: [3, 9] });
  });

  it("with who cannot do it is refused", () => {
    for (const to of [4, 8, 9]) {
      const answer = answerTo({ appointment, startAt: later, from: 3, to }, massage);
      expect(answer).toEqual({ kind: "unable", resourceId: to });
    }
  });

  it("with somebody else is left to the server where the service is not known", () => {
    expect(answerTo({ appointment, startAt: later, from: 3, to: 5 }, undefined)).toMatchObject({ resources: [5, 8] });
  });

  it.each<[AppointmentStatus, boolean]>([
    ["pending", true],
    ["confirmed", true],
    ["completed", false],
    ["cancelled", false],
    ["no_show", false],
  ])("of one that is %s is possible: %s", (status, possible) => {
    expect(isMovable({ status })).toBe(possible);
  });
});
