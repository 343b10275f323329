import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Resource, TimeOff, Week } from "@/api/shapes";
import { type Viewer, ViewerContext } from "@/api/viewer";
import { answering, catalogueIs, openingHours, serviceWith } from "@/testing/catalogue";
import { resource as maya, viewer as owner, viewerAs } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderRoutes } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as ResourceScreen } from "./resource-screen";

const MAYA = `*/api/resources/${maya.id}/`;
const WEEK = "*/api/schedule/working-hours/week/";
const nora: Resource = { ...maya, id: 8, name: "Nora New" };
const room: Resource = { ...maya, id: 9, name: "Color Bar", type: "room" };
const ownHours: Week = { ...openingHours, resource: maya.id };
const training: TimeOff = {
  id: 3,
  resource: maya.id,
  start_at: "2026-03-10T09:00:00-04:00",
  end_at: "2026-03-10T12:00:00-04:00",
  reason: "Training",
  source: "manual",
  created_at: "2026-01-05T09:00:00-05:00",
  updated_at: "2026-01-05T09:00:00-05:00",
};

function draw({ id = maya.id, viewer = owner }: { id?: number; viewer?: Viewer } = {}) {
  const element = (
    <ViewerContext value={viewer}>
      <ResourceScreen />
    </ViewerContext>
  );
  return renderRoutes([{ path: "/resources/:resourceId", element }, { path: "*", element: <p>elsewhere</p> }], `/resources/${id}`);
}

async function choose(user: ReturnType<typeof draw>["user"], item: string) {
  await user.click(await screen.findByRole("button", { name: "More for Maya Thompson" }));
  await user.click(await screen.findByRole("menuitem", { name: item }));
}

describe("Resource", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date("2026-03-02T10:00:00-05:00"), toFake: ["Date"] });
    catalogueIs({ resources: [maya, nora, room] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("gets hours of its own, which begin as the business's", async () => {
    const saved = answering("put", WEEK, ownHours);
    const { user } = draw();
    expect(await screen.findByText(/Works whenever the business is open/)).toBeVisible();

    await user.click(screen.getByRole("radio", { name: "Own hours" }));
    expect(await screen.findByRole("combobox", { name: "Friday, closes" })).toHaveValue("5:00 PM");
    await user.click(screen.getByRole("switch", { name: "Friday, open" }));
    await user.click(screen.getByRole("button", { name: "Save hours" }));

    expect(await screen.findByText("Hours saved")).toBeVisible();
    const { resource, days } = saved[0]?.body as Week;
    expect(resource).toBe(maya.id);
    expect(days.map(({ intervals }) => intervals.length)).toEqual([1, 1, 1, 1, 0, 0, 0]);
  });

  it("goes back to the business's hours by having none", async () => {
    catalogueIs({ own: ownHours });
    const saved = answering("put", WEEK, openingHours);
    const { user } = draw();
    expect(await screen.findByRole("radio", { name: "Own hours" })).toBeChecked();

    await user.click(screen.getByRole("radio", { name: "Opening hours" }));
    await user.click(screen.getByRole("button", { name: "Save hours" }));

    await waitFor(() => {
      expect((saved[0]?.body as Week).days.flatMap(({ intervals }) => intervals)).toEqual([]);
    });
  });

  it("cannot have own hours without any: the server would use the business's", async () => {
    const monday = ownHours.days.map((day) => (day.weekday === 0 ? day : { ...day, intervals: [] }));
    catalogueIs({ own: { ...ownHours, days: monday } });
    const { user } = draw();

    await user.click(await screen.findByRole("switch", { name: "Monday, open" }));

    expect(screen.getByText(/Own hours need at least one day/)).toBeVisible();
    expect(screen.getByRole("button", { name: "Save hours" })).toBeDisabled();
  });

  it("is switched off although appointments lie ahead only when that is meant", async () => {
    const refusal = { detail: "…?force=true…", code: "has_future_appointments", count: 3 };
    const refused = answering("patch", MAYA, refusal, 409);
    const { user } = draw();

    await choose(user, "Switch off");
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText(/3 appointments with it lie ahead/)).toBeVisible();
    expect(dialog.queryByText(/force/)).toBeNull();
    expect(refused[0]).toEqual({ body: { is_active: false }, query: {} });

    const forced = answering("patch", MAYA, { ...maya, is_active: false });
    await user.click(dialog.getByRole("button", { name: "Switch off, keep appointments" }));
    expect(await screen.findByText("Maya Thompson is switched off")).toBeVisible();
    expect(forced[0]).toEqual({ body: { is_active: false }, query: { force: "true" } });

    const undone = answering("patch", MAYA, maya);
    await user.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(() => {
      expect(undone[0]?.body).toEqual({ is_active: true });
    });
  });

  it("is not deleted without asking, and once it was booked not at all", async () => {
    answering("delete", MAYA, { detail: "…", code: "in_use" }, 409);
    const { user } = draw();
    await choose(user, "Delete");
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Delete" }));

    expect(await screen.findByText("Maya Thompson has appointments")).toBeVisible();
    const switched = answering("patch", MAYA, { ...maya, is_active: false });
    await user.click(screen.getByRole("button", { name: "Switch off" }));
    await waitFor(() => {
      expect(switched[0]?.body).toEqual({ is_active: false });
    });
  });

  it("leads to all resources once it is deleted", async () => {
    answering("delete", MAYA, null, 204);
    const { user, router } = draw();
    await choose(user, "Delete");
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Delete" }));

    await waitFor(() => {
      expect(router.state.location.pathname).toBe("/resources");
    });
  });

  it("sends only what was changed, and says what stands against a lower capacity", async () => {
    const refusal = {
      detail: "Up to 3 appointments are booked at the same moment.",
      code: "capacity_overlaps",
      overlaps: [{ start_at: "2026-03-03T15:00:00Z", end_at: "2026-03-03T16:00:00Z", depth: 3, appointment_ids: [] }],
    };
    const sent = answering("patch", MAYA, refusal, 409);
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: "Edit" }));
    const dialog = within(await screen.findByRole("dialog"));
    const capacity = dialog.getByRole("textbox", { name: "Appointments at a time" });

    await user.clear(capacity);
    await user.type(capacity, "2");
    await user.click(dialog.getByRole("button", { name: "Save" }));

    expect(await dialog.findByText(/Up to 3 appointments are booked/)).toBeVisible();
    expect(dialog.getByText("Mar 3, 2026, 10:00 AM – 11:00 AM: 3 at once")).toBeVisible();
    expect(sent[0]?.body).toEqual({ max_concurrent_events: 2 });
  });

  it("takes a time off whose appointments stay, in local time", async () => {
    const booked = page([]);
    server.use(http.get("*/api/appointments/", () => HttpResponse.json({ ...booked, count: 2 })));
    catalogueIs({ timeOff: [training] });
    const saved = answering("patch", "*/api/schedule/time-off/3/", training);
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: /^Change Tue, Mar 10, 2026, 9:00 AM/ }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(await dialog.findByText(/2 appointments lie in this time/)).toBeVisible();

    const end = dialog.getByRole("combobox", { name: "Ends at" });
    await user.clear(end);
    await user.type(end, "8");
    await user.click(dialog.getByRole("button", { name: "Save" }));
    expect(await dialog.findByText("It ends before it begins.")).toBeVisible();
    expect(saved).toEqual([]);

    await user.clear(end);
    await user.type(end, "13:30");
    await user.click(dialog.getByRole("button", { name: "Save" }));
    await waitFor(() => {
      expect(saved[0]?.body).toEqual({
        resource: maya.id,
        start_at: "2026-03-10T09:00:00",
        end_at: "2026-03-10T13:30:00",
        reason: "Training",
      });
    });
  });

  it("leaves what comes from a connected calendar to that calendar", async () => {
    catalogueIs({ timeOff: [{ ...training, source: "calendar" }] });
    draw();

    expect(await screen.findByText("From a connected calendar")).toBeVisible();
    expect(screen.queryByRole("button", { name: /^(Change|Remove) Tue/ })).toBeNull();
  });

  it("takes a place among its own kind in further services", async () => {
    const color = serviceWith({ id: 2, name: "Full Color", resources: [8, 9], resource_groups: [[8], [9]] });
    catalogueIs({ resources: [maya, nora, room], services: [serviceWith(), color] });
    const changed = answering("patch", "*/api/services/2/", color);
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: "Choose services" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByRole("checkbox", { name: "Cut & Style" })).toBeChecked();

    await user.click(dialog.getByRole("checkbox", { name: "Full Color" }));
    expect(dialog.getByRole("combobox", { name: "Place in Full Color" })).toHaveValue("One of Nora New");
    await user.click(dialog.getByRole("button", { name: "Save services" }));

    await waitFor(() => {
      expect(changed).toEqual([{ body: { resource_groups: [[8, 7], [9]] }, query: {} }]);
    });
  });

  it("warns when nobody else performs what it leaves", async () => {
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: "Choose services" }));
    await user.click(await screen.findByRole("checkbox", { name: "Cut & Style" }));

    expect(screen.getByText("Nobody else performs Cut & Style: it can no longer be booked.")).toBeVisible();
  });

  it("can be read by staff, not changed", async () => {
    draw({ viewer: viewerAs("staff") });

    expect(await screen.findByRole("heading", { name: "Maya Thompson", level: 1 })).toBeVisible();
    expect(await screen.findAllByText("9:00 AM – 5:00 PM")).toHaveLength(5);
    expect(screen.queryByRole("button", { name: /Edit|More|Add|Choose/ })).toBeNull();
    expect(screen.queryByRole("radio")).toBeNull();
  });

  it("may not exist", async () => {
    draw({ id: 404 });

    expect(await screen.findByText("There is no such resource")).toBeVisible();
    expect(screen.getByRole("link", { name: "Go to all resources" })).toHaveAttribute("href", "/resources");
  });
});
