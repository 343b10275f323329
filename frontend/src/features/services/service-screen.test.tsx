import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";

import type { Availability, Resource } from "@/api/shapes";
import { type Viewer, ViewerContext } from "@/api/viewer";
import { answering, catalogueIs, serviceWith } from "@/testing/catalogue";
import { resource as maya, viewer as owner, viewerAs } from "@/testing/fixtures";
import { renderRoutes } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as NewService } from "./new-screen";
import { Component as ServiceScreen } from "./service-screen";

const SERVICE = "*/api/services/1/";
const room: Resource = { ...maya, id: 8, name: "Spa Suite", type: "room" };
const free: Availability = {
  service_id: 1,
  timezone: "America/New_York",
  days: [
    { date: "2026-03-02", slots: [] },
    {
      date: "2026-03-03",
      slots: [9, 10, 11, 12, 13, 14, 15].map((hour) => ({
        start: `2026-03-03T${String(hour).padStart(2, "0")}:00:00-05:00`,
        end: `2026-03-03T${String(hour).padStart(2, "0")}:45:00-05:00`,
        resource_ids: [maya.id],
      })),
    },
  ],
};

function draw(at = "/services/1", viewer: Viewer = owner) {
  const inside = (element: React.ReactNode) => <ViewerContext value={viewer}>{element}</ViewerContext>;
  return renderRoutes(
    [
      { path: "/services/new", element: inside(<NewService />) },
      { path: "/services/:serviceId", element: inside(<ServiceScreen />) },
      { path: "*", element: <p>elsewhere</p> },
    ],
    at,
  );
}

const field = (name: string) => screen.findByRole("textbox", { name });

describe("Service", () => {
  beforeEach(() => {
    catalogueIs({ resources: [maya, room] });
    server.use(http.get("*/api/schedule/availability/", () => HttpResponse.json(free)));
  });

  it("says what its numbers come to, while they are typed", async () => {
    const { user } = draw();
    expect(await screen.findByText(/Customers see 45 min\. It blocks 5 \+ 45 \+ 10 min = 1 h/)).toBeVisible();
    expect(screen.getByText("It can be booked until 2 hours before it begins, up to 90 days ahead.")).toBeVisible();
    expect(await screen.findByText("Each appointment takes Maya Thompson.")).toBeVisible();

    const after = await field("Kept free after");
    await user.clear(after);
    await user.type(after, "25");

    expect(screen.getByText(/5 \+ 45 \+ 25 min = 1 h 15 min/)).toBeVisible();
  });

  it("shows the next free times in the business's time", async () => {
    draw();

    expect(await screen.findByText("Tue, Mar 3, 2026")).toBeVisible();
    expect(screen.getByText("9:00 AM")).toBeVisible();
    expect(screen.getByText("and 1 more")).toBeVisible();
  });

  it("saves only what was changed", async () => {
    const saved = answering("patch", SERVICE, serviceWith({ name: "Cut", price_cents: 8250 }));
    const { user } = draw();
    const name = await field("Name");
    await user.clear(name);
    await user.type(name, "Cut");
    const price = await field("Price");
    await user.clear(price);
    await user.type(price, "82.5");

    await user.click(screen.getByRole("button", { name: "Save changes" }));

    expect(await screen.findByText("Cut saved")).toBeVisible();
    expect(saved[0]?.body).toEqual({ name: "Cut", price_cents: 8250 });
    expect(screen.queryByRole("button", { name: "Save changes" })).toBeNull();
  });

  it("shows what the server says at its field", async () => {
    answering("patch", SERVICE, { detail: "…", code: "invalid", errors: { duration_minutes: ["Too long."] } }, 400);
    const { user } = draw();
    const duration = await field("Duration");
    await user.clear(duration);
    await user.type(duration, "90");
    await user.click(screen.getByRole("button", { name: "Save changes" }));

    expect(await screen.findByText("Too long.")).toBeVisible();
    expect(duration).toHaveAccessibleDescription("Too long.");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("does not send what cannot be meant", async () => {
    const saved = answering("patch", SERVICE, serviceWith());
    const { user } = draw();
    const duration = await field("Duration");
    await user.clear(duration);
    await user.click(screen.getByRole("button", { name: "Save changes" }));

    expect(await screen.findByText("Use a whole number from 1 to 1,440.")).toBeVisible();
    expect(duration).toHaveFocus();
    expect(saved).toEqual([]);
  });

  it("may need a room as well: one out of each group", async () => {
    const saved = answering("patch", SERVICE, serviceWith({ resource_groups: [[7], [8]] }));
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: "Needs something else as well" }));
    await user.click(screen.getByRole("combobox", { name: "One of, in group 2" }));
    expect(screen.queryByRole("option", { name: "Maya Thompson" })).toBeNull();
    await user.click(await screen.findByRole("option", { name: "Spa Suite" }));

    expect(screen.getByText("Each appointment takes Maya Thompson and Spa Suite.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Save changes" }));
    await waitFor(() => {
      expect(saved[0]?.body).toEqual({ resource_groups: [[7], [8]] });
    });
  });

  it("is added, then shown without asking about what is saved", async () => {
    const created = answering("post", "*/api/services/", serviceWith({ id: 9, name: "Facial" }), 201);
    const { user, router } = draw("/services/new");
    await user.click(await screen.findByRole("button", { name: "Add service" }));
    expect(await screen.findByText("Enter a name.")).toBeVisible();

    await user.type(await field("Name"), "Facial");
    catalogueIs({ resources: [maya, room], services: [serviceWith(), serviceWith({ id: 9, name: "Facial" })] });
    await user.click(screen.getByRole("button", { name: "Add service" }));

    expect(await screen.findByRole("heading", { name: "Facial", level: 1 })).toBeVisible();
    expect(router.state.location.pathname).toBe("/services/9");
    expect(created[0]?.body).toMatchObject({ name: "Facial", currency: "USD", duration_minutes: 60 });
  });

  it("says why it was not added where the plan has no room", async () => {
    answering("post", "*/api/services/", { detail: "Your plan allows 5 services.", code: "quota_exceeded" }, 403);
    const { user } = draw("/services/new");
    await user.type(await field("Name"), "Facial");
    await user.click(screen.getByRole("button", { name: "Add service" }));

    expect(await screen.findByRole("alert")).toHaveTextContent("Your plan allows 5 services.");
  });

  it("is no longer offered, until that is taken back", async () => {
    const switched = answering("patch", SERVICE, serviceWith({ is_active: false }));
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: "More for Cut & Style" }));
    await user.click(await screen.findByRole("menuitem", { name: "Stop offering" }));

    expect(await screen.findByText("Cut & Style is no longer offered")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(() => {
      expect(switched.map(({ body }) => body)).toEqual([{ is_active: false }, { is_active: true }]);
    });
  });

  it("is not deleted once it was booked", async () => {
    answering("delete", SERVICE, { detail: "…", code: "in_use" }, 409);
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: "More for Cut & Style" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Delete" }));

    expect(await screen.findByText("Cut & Style was booked before")).toBeVisible();
    expect(screen.getByRole("button", { name: "Stop offering" })).toBeVisible();
  });

  it("can be read by staff, not changed", async () => {
    draw("/services/1", viewerAs("staff"));

    expect(await screen.findByText("$78.00")).toBeVisible();
    expect(await screen.findByText("Tue, Mar 3, 2026")).toBeVisible();
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(screen.queryByRole("button", { name: /More|Save/ })).toBeNull();
  });

  it("is not added by staff", async () => {
    draw("/services/new", viewerAs("staff"));

    expect(await screen.findByText("Only managers and owners add services")).toBeVisible();
    expect(screen.queryByRole("textbox")).toBeNull();
  });
});
