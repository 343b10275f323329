import { waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { useEffect } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Resource, Service } from "@/api/shapes";
import { appointmentWith, resource } from "@/testing/fixtures";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";

import { type Entry, entriesByResource } from "./entries";
import { type Acts, useActs } from "./useActs";
import type { Calendar } from "./useCalendar";

const olivia: Resource = { ...resource, id: 8, name: "Olivia Chen" };
const appointment = appointmentWith({ id: "a" });
const calendar: Calendar = {
  zone: "America/New_York",
  dates: ["2026-03-02"],
  appointments: [appointment],
  timetable: { weekly: [], overrides: [] },
  timeOff: [],
  origins: new Map(),
  resources: [resource, olivia],
  allResources: [resource, olivia],
  services: new Map([[1, { id: 1, resource_groups: [[7, 8]] } as Service]]),
};
const [entry] = entriesByResource([appointment], { ...calendar, carried: null }) as [Entry];

/** What the last render offered. */
const latest: { acts?: Acts } = {};

function Probe() {
  const { acts } = useActs(calendar);
  useEffect(() => {
    latest.acts = acts;
  });
  return null;
}

describe("what a pointer does on the grid", () => {
  const asked = vi.fn();
  let acts: Acts;

  beforeEach(() => {
    server.use(
      http.post("*/api/appointments/:id/reschedule/", async ({ request }) => {
        asked(await request.json());
        return HttpResponse.json({ ...appointment, version: appointment.version + 1 });
      }),
    );
    renderInside(<Probe />);
    if (!latest.acts) throw new Error("nothing was drawn");
    acts = latest.acts;
  });

  it.each([
    ["at another time of its row", "2026-03-02 14:30:00", 7, { start_at: "2026-03-02T19:30:00.000Z" }],
    ["in another row", "2026-03-02 10:00:00", 8, { start_at: "2026-03-02T15:00:00.000Z", resources: [8] }],
    ["on a day without rows", "2026-03-09 10:00:00", undefined, { start_at: "2026-03-09T14:00:00.000Z" }],
  ])("moves an appointment dropped %s", async (_, newStart, resourceId, body) => {
    acts.dropEntry(entry, newStart, resourceId);

    await waitFor(() => expect(asked).toHaveBeenCalledExactlyOnceWith({ ...body, allow_outside_hours: false }));
  });

  it("changes the length of an appointment whose edge is dragged", async () => {
    acts.resizeEntry(entry, "2026-03-02 10:00:00", "2026-03-02 11:15:00");

    await waitFor(() =>
      expect(asked).toHaveBeenCalledExactlyOnceWith({
        start_at: "2026-03-02T15:00:00.000Z",
        duration_minutes: 75,
        allow_outside_hours: false,
      }),
    );
  });

  it("lets open appointments be dragged and stretched, settled ones neither", () => {
    const settled = appointmentWith({ status: "completed" });
    const [fixed] = entriesByResource([settled], { ...calendar, carried: null }) as [Entry];

    expect([acts.canDrag(entry), acts.canResize(entry)]).toEqual([true, true]);
    expect([acts.canDrag(fixed), acts.canResize(fixed)]).toEqual([false, false]);
  });
});
