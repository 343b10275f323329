import { describe, expect, it } from "vitest";

import { connectionWith } from "@/testing/calendarSync";

import { isMoving, standingOf } from "./standing";

const NOW = new Date("2026-03-02T15:00:00Z");
const ZONE = "America/New_York";
const of = (parts: Parameters<typeof connectionWith>[0]) => standingOf(connectionWith(parts), NOW, ZONE);

describe("how a connection is", () => {
  it("is up to date, writing, or being read for the first time", () => {
    expect(of({})).toMatchObject({ mood: "good", label: "Up to date", detail: "" });
    expect(of({ counts: { calendars: 1, links: 3, pending: 2, failed: 0 } })).toMatchObject({ mood: "busy", label: "Writing" });
    expect(of({ last_success_at: null })).toMatchObject({ mood: "busy", label: "Getting started" });
  });

  it("says when it is tried again, and that nothing is lost", () => {
    const next_attempt_at = "2026-03-02T15:04:00Z";

    expect(of({ state: "degraded", state_code: "timeout", state_detail: "The server did not answer.", next_attempt_at })).toEqual({
      mood: "uneasy",
      label: "Trying again",
      detail:
        "The server did not answer. The next attempt is at 10:04 AM. Until then the busy time that is known stays.",
      isReconnectable: false,
    });
    expect(of({ state: "rate_limited", next_attempt_at }).detail).toContain("It goes on at 10:04 AM.");
    expect(of({ state: "rate_limited", next_attempt_at: null }).detail).toContain("It goes on by itself.");
  });

  it("looks again before it believes that most of a calendar is gone", () => {
    const { label, detail } = of({ state: "degraded", state_code: "mass_delete" });

    expect(label).toBe("Checking");
    expect(detail).toContain("vanished at once");
  });

  it("tells a person what to do, and whether connecting anew would mend it", () => {
    expect(of({ state: "needs_reauth", state_code: "auth_failed" })).toMatchObject({ mood: "needy", isReconnectable: true });
    expect(of({ state: "error", state_code: "missing_scope", state_detail: "Writing was not allowed." })).toMatchObject({
      mood: "needy",
      detail:
        "Writing was not allowed. Not everything was allowed that is needed. Reconnect and leave every box ticked.",
      isReconnectable: true,
    });
    expect(of({ state: "error", state_code: "not_found" }).isReconnectable).toBe(false);
  });

  it("tells a pause of the plan from one of a person", () => {
    expect(of({ state: "paused", paused_by: "user" })).toMatchObject({ mood: "resting", label: "Paused" });
    expect(of({ state: "paused", paused_by: "plan" })).toMatchObject({ mood: "resting", label: "Paused by the plan" });
  });

  it("is worth looking at again soon while something goes on by itself", () => {
    expect(isMoving(connectionWith({}))).toBe(false);
    expect(isMoving(connectionWith({ last_success_at: null }))).toBe(true);
    expect(isMoving(connectionWith({ state: "disconnecting" }))).toBe(true);
    expect(isMoving(connectionWith({ state: "paused", counts: { pending: 3 } }))).toBe(false);
  });
});
