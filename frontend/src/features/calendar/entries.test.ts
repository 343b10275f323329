import { describe, expect, it } from "vitest";

import type { Service, TimeOff } from "@/api/shapes";
import { appointmentWith, resource } from "@/testing/fixtures";

import { bufferEntries, closedEntries, offEntries } from "./backgrounds";
import { type Drawing, entriesByResource, entriesOnce, localSpan } from "./entries";
import { LINES_PER_DAY, monthEntries } from "./month";

const room = { ...resource, id: 9, name: "Spa Suite", type: "room" as const, color: "" };
const service = { id: 1, buffer_before_minutes: 10, buffer_after_minutes: 15 } as Service;
const drawing: Drawing = {
  zone: "America/New_York",
  resources: [resource, room],
  services: new Map([[1, service]]),
  carried: null,
};
const grounds = { ...drawing, dates: ["2026-03-02"], hours: { start: 480, end: 1080 } };

const spans = (entries: readonly { id: string | number; start: unknown; end: unknown }[]) =>
  entries.map(({ id, start, end }) => [id, String(start).slice(11, 16), String(end).slice(11, 16)]);

describe("appointments in the calendar", () => {
  it("stand once in the row of each resource that takes part, on the business's clocks", () => {
    const both = appointmentWith({ id: "a", resources: [7, 9, 5] });

    const entries = entriesByResource([both], drawing);

    expect(entries).toMatchObject([
      { id: "a:7", resourceId: 7, start: "2026-03-02 10:00:00", end: "2026-03-02 10:45:00" },
      { id: "a:9", resourceId: 9, start: "2026-03-02 10:00:00", end: "2026-03-02 10:45:00" },
    ]);
    expect(entries[0]?.payload?.shown).toMatchObject({ kind: "appointment", resourceId: 7, tone: "#7c9a72" });
    expect(entries[1]?.payload?.shown).toMatchObject({ tone: "var(--ink-faint)" });
  });

  it("stand once where days have no rows, and only for whom is shown", () => {
    const other = appointmentWith({ id: "other", resources: [5] });
    const both = appointmentWith({ id: "both", resources: [7, 9] });

    expect(entriesOnce([other, both], drawing).map(({ id }) => id)).toEqual(["both"]);
  });

  it("hover where they are carried, in that row alone", () => {
    const both = appointmentWith({ id: "a", resources: [7, 9] });
    const carried = { appointment: both, from: 7, to: 9, startAt: new Date("2026-03-02T11:00:00-05:00") };

    expect(entriesByResource([both], { ...drawing, carried })).toMatchObject([
      { id: "a:7", resourceId: 9, start: "2026-03-02 11:00:00", end: "2026-03-02 11:45:00" },
      { id: "a:9", resourceId: 9, start: "2026-03-02 10:00:00" },
    ]);
  });

  it("end after they start, also when clocks are put back within them", () => {
    const hour = 3_600_000;
    expect(localSpan(new Date("2026-10-25T00:45:00Z"), hour / 2, "Europe/Berlin")).toEqual({
      start: "2026-10-25 02:45:00",
      end: "2026-10-25 03:15:00",
    });
    expect(localSpan(new Date("2026-03-29T00:30:00Z"), hour, "Europe/Berlin")).toEqual({
      start: "2026-03-29 01:30:00",
      end: "2026-03-29 03:30:00",
    });
  });

  it("have their service's buffers around them, unless their time is free again", () => {
    const kept = appointmentWith({ id: "a" });
    const missed = appointmentWith({ id: "b", status: "no_show" });

    expect(spans(bufferEntries([kept, missed], drawing))).toEqual([
      ["before:a:7", "09:50", "10:00"],
      ["after:a:7", "10:45", "11:00"],
    ]);
  });
});

describe("what lies behind appointments", () => {
  it("is the time in which a resource does not work", () => {
    const hours = { id: 1, resource: null, weekday: 0, opens: "09:00", closes: "17:00" };

    const entries = closedEntries({ weekly: [hours], overrides: [] }, { ...grounds, resources: [resource] });

    expect(spans(entries)).toEqual([
      ["closed:7:2026-03-02:480", "08:00", "09:00"],
      ["closed:7:2026-03-02:1020", "17:00", "18:00"],
    ]);
  });

  it("is time off, everybody's in every row, cut to the hours that are drawn", () => {
    const off = (parts: Partial<TimeOff>) => ({ reason: "", source: "manual", resource: null, ...parts }) as TimeOff;
    const lunch = off({ id: 1, resource: 7, start_at: "2026-03-02T12:00:00-05:00", end_at: "2026-03-02T13:00:00-05:00" });
    const week = off({ id: 2, start_at: "2026-03-01T00:00:00-05:00", end_at: "2026-03-08T00:00:00-05:00" });

    const entries = offEntries([lunch, week], grounds);

    expect(spans(entries)).toEqual([
      ["off:1:7:2026-03-02", "12:00", "13:00"],
      ["off:2:7:2026-03-02", "08:00", "18:00"],
      ["off:2:9:2026-03-02", "08:00", "18:00"],
    ]);
    expect(entries.map(({ payload }) => payload?.shown)).toMatchObject([{ isWhole: true }, { isWhole: false }, {}]);
  });
});

describe("a month", () => {
  const at = (hour: number) =>
    appointmentWith({ id: `at ${hour}`, start_at: `2026-03-02T${hour}:00:00-05:00`, end_at: `2026-03-02T${hour}:30:00-05:00` });

  it("shows all of a day that has room for it", () => {
    const few = [13, 11, 12, 10].map(at);

    expect(monthEntries(few, drawing).map(({ id }) => id)).toEqual(["at 10", "at 11", "at 12", "at 13"]);
  });

  it("says on the last line how much more there is", () => {
    const many = [15, 13, 11, 12, 10, 14].map(at);

    const entries = monthEntries(many, drawing);

    expect(entries).toHaveLength(LINES_PER_DAY);
    expect(entries.at(-1)).toMatchObject({ id: "more:2026-03-02", title: "+3 more" });
    expect(entries.at(-1)?.payload?.shown).toMatchObject({ hidden: 3, date: "2026-03-02" });
  });

  it("gives a carried appointment its line on the day where it hovers", () => {
    const appointment = at(10);
    const carried = { appointment, from: undefined, to: undefined, startAt: new Date("2026-03-05T10:00:00-05:00") };

    expect(monthEntries([appointment], { ...drawing, carried })).toMatchObject([{ start: "2026-03-05 10:00:00" }]);
  });
});
