import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { answering, catalogueIs, openingHours } from "@/testing/catalogue";
import { viewerAs } from "@/testing/fixtures";
import { renderInside } from "@/testing/render";

import { Component as OpeningHours } from "./hours-screen";

const WEEK = "*/api/schedule/working-hours/week/";
const DATES = "*/api/schedule/date-overrides/";
const christmas = { id: 31, resource: null, date: "2026-12-25", opens: null, closes: null };
const companyHoliday = {
  id: 5,
  resource: null,
  start_at: "2026-08-03T00:00:00-04:00",
  end_at: "2026-08-17T00:00:00-04:00",
  reason: "Summer break",
  source: "manual" as const,
  created_at: "2026-01-05T09:00:00-05:00",
  updated_at: "2026-01-05T09:00:00-05:00",
};

const field = (name: string) => screen.findByRole("combobox", { name });

describe("Opening hours", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date("2026-03-02T10:00:00-05:00"), toFake: ["Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("understands times as people type them, and saves the whole week", async () => {
    catalogueIs();
    const saved = answering("put", WEEK, openingHours);
    const { user } = renderInside(<OpeningHours />);
    const closes = await field("Monday, closes");
    expect(closes).toHaveValue("5:00 PM");

    await user.clear(closes);
    await user.type(closes, "midnight");
    await user.tab();
    await user.click(screen.getByRole("button", { name: "Save hours" }));

    expect(await screen.findByText("Hours saved")).toBeVisible();
    const { resource, days } = saved[0]?.body as typeof openingHours;
    expect(resource).toBeNull();
    expect(days.map(({ intervals }) => intervals.length)).toEqual([1, 1, 1, 1, 1, 0, 0]);
    expect(days[0]?.intervals).toEqual([{ opens: "09:00", closes: "24:00" }]);
  });

  it("copies a day to others and says so", async () => {
    catalogueIs();
    const { user } = renderInside(<OpeningHours />);
    const opens = await field("Monday, opens");
    await user.clear(opens);
    await user.type(opens, "7.30");
    await user.tab();

    await user.click(screen.getByRole("button", { name: "Copy Monday to …" }));
    await user.click(await screen.findByRole("menuitem", { name: "Every day" }));

    expect(await field("Sunday, opens")).toHaveValue("7:30 AM");
    expect(screen.getByText(/Hours of Monday copied: Tuesday/)).toBeInTheDocument();
    expect(screen.getByRole("switch", { name: "Sunday, open" })).toBeChecked();
  });

  it("does not save hours that overlap, and marks them", async () => {
    catalogueIs();
    const { user } = renderInside(<OpeningHours />);
    await field("Monday, opens");
    await user.click(screen.getByRole("button", { name: "Add hours on Monday" }));
    const second = await field("Monday, second opens");
    expect(second).toHaveValue("6:00 PM");

    await user.clear(second);
    await user.type(second, "4pm");
    await user.tab();

    expect(await field("Monday, opens")).toHaveAccessibleDescription("It overlaps other hours of this day.");
    expect(second).toHaveAccessibleDescription("It overlaps other hours of this day.");
    expect(screen.getByRole("button", { name: "Save hours" })).toBeDisabled();

    await user.click(screen.getByRole("button", { name: "Discard" }));
    expect(screen.queryByRole("combobox", { name: "Monday, second opens" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Save hours" })).toBeNull();
  });

  it("splits hours that go on after midnight", async () => {
    catalogueIs();
    const { user } = renderInside(<OpeningHours />);
    const closes = await field("Friday, closes");
    await user.clear(closes);
    await user.type(closes, "2 am");
    await user.tab();

    await user.click(await screen.findByRole("button", { name: "Goes on after midnight" }));

    expect(closes).toHaveValue("Midnight");
    expect(await field("Saturday, opens")).toHaveValue("12:00 AM");
    expect(await field("Saturday, closes")).toHaveValue("2:00 AM");
  });

  it("shows a refusal, and keeps what was typed", async () => {
    catalogueIs();
    answering("put", WEEK, { detail: "These hours overlap 09:00-17:00.", code: "overlap", errors: { days: ["…"] } }, 400);
    const { user } = renderInside(<OpeningHours />);
    await user.click(await screen.findByRole("switch", { name: "Monday, open" }));

    await user.click(screen.getByRole("button", { name: "Save hours" }));

    expect(await screen.findByRole("alert")).toHaveTextContent("These hours overlap 09:00-17:00.");
    expect(screen.getByRole("switch", { name: "Monday, open" })).not.toBeChecked();
  });

  it("asks before it is left with changes", async () => {
    catalogueIs();
    const { user, router } = renderInside(<OpeningHours />, { at: "/resources/hours" });
    await user.click(await screen.findByRole("switch", { name: "Monday, open" }));

    await user.click(screen.getByRole("link", { name: "All resources" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Stay here" }));
    expect(router.state.location.pathname).toBe("/resources/hours");

    await user.click(screen.getByRole("link", { name: "All resources" }));
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Leave" }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe("/resources");
    });
  });

  it("removes a date at once, and puts it back", async () => {
    catalogueIs({ dates: [christmas] });
    const removed = answering("delete", `${DATES}31/`, null, 204);
    const added = answering("post", DATES, { ...christmas, id: 32 }, 201);
    const { user } = renderInside(<OpeningHours />);

    await user.click(await screen.findByRole("button", { name: "Remove Fri, Dec 25, 2026" }));
    await user.click(await screen.findByRole("button", { name: "Undo" }));

    await waitFor(() => {
      expect(added[0]?.body).toEqual({ resource: null, date: "2026-12-25", opens: null, closes: null });
    });
    expect(removed).toHaveLength(1);
  });

  it("gives a closed date other hours: its entry goes, theirs come", async () => {
    catalogueIs({ dates: [christmas] });
    const removed = answering("delete", `${DATES}31/`, null, 204);
    const added = answering("post", DATES, { ...christmas, id: 32 }, 201);
    const { user } = renderInside(<OpeningHours />);
    await user.click(await screen.findByRole("button", { name: "Change Fri, Dec 25, 2026" }));
    const dialog = within(await screen.findByRole("dialog"));

    await user.click(await dialog.findByRole("radio", { name: "Other hours" }));
    await user.click(dialog.getByRole("button", { name: "Add hours" }));
    await user.click(dialog.getByRole("button", { name: "Save date" }));

    expect(await screen.findByText("Fri, Dec 25, 2026 saved")).toBeVisible();
    expect(removed).toHaveLength(1);
    expect(added.map(({ body }) => body)).toEqual([
      { resource: null, date: "2026-12-25", opens: "09:00", closes: "17:00" },
      { resource: null, date: "2026-12-25", opens: "18:00", closes: "22:00" },
    ]);
  });

  it("shows closures with their length", async () => {
    catalogueIs({ timeOff: [companyHoliday] });
    renderInside(<OpeningHours />);

    expect(await screen.findByText(/Aug 3 – 16, 2026/)).toBeVisible();
    expect(screen.getByText("14 days · Summer break")).toBeVisible();
  });

  it("lets staff read", async () => {
    catalogueIs({ dates: [christmas] });
    renderInside(<OpeningHours />, { viewer: viewerAs("staff") });

    expect(await screen.findAllByText("9:00 AM – 5:00 PM")).toHaveLength(5);
    expect(await screen.findByText("Fri, Dec 25, 2026")).toBeVisible();
    expect(screen.queryByRole("switch")).toBeNull();
    expect(screen.queryByRole("button", { name: /^(Add|Remove|Change)/ })).toBeNull();
  });
});
