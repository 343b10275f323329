import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Appointment, Resource } from "@/api/shapes";
import { BookingDeskContext } from "@/booking/desk";
import { appointmentWith, resource, viewerAs } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";
import { text } from "@/text";
import { calendar as calendarText } from "@/text/calendar";

import { Component } from "./screen";

const DAY = "/calendar?date=2026-03-02";
const words = calendarText;
const olivia: Resource = { ...resource, id: 8, name: "Olivia Chen" };
const room: Resource = { ...resource, id: 9, name: "Spa Suite", type: "room" };
const cut = {
  id: 1,
  name: "Cut & Style",
  duration_minutes: 45,
  price_cents: 7800,
  resource_groups: [[7, 8]],
  resources: [7, 8],
};

const ada = appointmentWith({ id: "a", customer_name: "Ada Lovelace" });
const grace = appointmentWith({
  id: "g",
  customer_name: "Grace Hopper",
  status: "cancelled",
  start_at: "2026-03-02T12:00:00-05:00",
  end_at: "2026-03-02T12:45:00-05:00",
});

interface Rows {
  appointments?: Appointment[];
  resources?: Resource[];
  timeOff?: object[];
}

function apiHas({ appointments = [ada, grace], resources = [resource, olivia, room], timeOff = [] }: Rows = {}) {
  server.use(
    http.get("*/api/appointments/", () => HttpResponse.json(page(appointments))),
    http.get("*/api/resources/", () => HttpResponse.json(page(resources))),
    http.get("*/api/services/", () => HttpResponse.json(page([cut]))),
    http.get("*/api/schedule/working-hours/", () => HttpResponse.json(page([]))),
    http.get("*/api/schedule/date-overrides/", () => HttpResponse.json(page([]))),
    http.get("*/api/schedule/time-off/", () => HttpResponse.json(page(timeOff))),
  );
}

/** Answers moves as the server does, and remembers what was asked. */
function apiMoves() {
  const asked = vi.fn();
  server.use(
    http.post<{ id: string }, { start_at: string; resources?: number[]; duration_minutes?: number }>(
      "*/api/appointments/:id/reschedule/",
      async ({ params, request }) => {
        const body = await request.json();
        asked(params.id, body);
        return HttpResponse.json({ ...ada, ...body, version: ada.version + 1 });
      },
    ),
  );
  return asked;
}

const entryOf = (name: RegExp) => screen.findByRole("button", { name });

describe("the calendar", () => {
  beforeEach(() => {
    apiHas();
  });

  it("shows a day with a row for each resource, without what is cancelled", async () => {
    renderInside(<Component />, { at: DAY });

    expect(screen.getByRole("status", { name: words.loading })).toBeInTheDocument();
    expect(await entryOf(/10:00.*Ada Lovelace/)).toHaveTextContent("Cut & Style");
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Monday, March 2");
    for (const name of ["Maya Thompson", "Olivia Chen", "Spa Suite"]) {
      expect(screen.getByTitle(words.filters.only(name))).toBeInTheDocument();
    }
    expect(screen.queryByText("Grace Hopper")).not.toBeInTheDocument();
    expect(document.title).toMatch(/^Calendar, Monday, March 2/);
  });

  it("shows what is cancelled on request, and says so in its address", async () => {
    const { user, router } = renderInside(<Component />, { at: DAY });
    await user.click(await screen.findByRole("button", { name: words.filters.more }));

    await user.click(screen.getByRole("switch", { name: words.filters.cancelled }));

    const cancelled = await entryOf(/Grace Hopper/);
    expect(cancelled).toHaveAttribute("draggable", "false");
    expect(await entryOf(/Ada Lovelace/)).toHaveAttribute("draggable", "true");
    expect(router.state.location.search).toBe("?date=2026-03-02&cancelled=true");
  });

  it("is turned and switched by single keys", async () => {
    const { user, router } = renderInside(<Component />, { at: DAY });
    await entryOf(/Ada Lovelace/);

    await user.keyboard("j");
    await waitFor(() => expect(router.state.location.search).toBe("?date=2026-03-03"));
    await user.keyboard("kw");

    await waitFor(() => expect(router.state.location.search).toBe("?date=2026-03-02&view=week"));
    expect(screen.getByRole("button", { name: words.views.week, pressed: true })).toBeInTheDocument();
  });

  it("shows one resource alone when its name is pressed", async () => {
    const { user, router } = renderInside(<Component />, { at: DAY });

    await user.click(await screen.findByTitle(words.filters.only("Olivia Chen")));

    expect(router.state.location.search).toBe("?date=2026-03-02&resource=8");
    await waitFor(() => expect(screen.queryByTitle(words.filters.only("Maya Thompson"))).not.toBeInTheDocument());
  });

  it("moves the appointment in focus by keyboard, to another time and another person", async () => {
    const asked = apiMoves();
    renderInside(<Component />, { at: DAY });
    const press = async (key: string, shiftKey = false) => {
      const entry = await entryOf(/Ada Lovelace/);
      entry.focus();
      fireEvent.keyDown(entry, { key, shiftKey });
    };

    await press("ArrowRight", true);
    await press("ArrowRight");
    await press("ArrowDown");

    expect(screen.getByText(words.carry.state("Ada Lovelace", "Mon, Mar 2, 10:30 AM", "Olivia Chen"))).toBeVisible();
    expect(document.activeElement).toBe(await entryOf(/Ada Lovelace/));

    await press("Enter");

    await waitFor(() => {
      const body = { start_at: "2026-03-02T15:30:00.000Z", resources: [8], allow_outside_hours: false };
      expect(asked).toHaveBeenCalledExactlyOnceWith("a", body);
    });
    expect(await screen.findByText(text.booking.moved("Ada Lovelace", false))).toBeInTheDocument();
  });

  it("puts a carried appointment back, and does not lift one that is settled", async () => {
    const asked = apiMoves();
    apiHas({ appointments: [ada, { ...grace, status: "completed" }] });
    renderInside(<Component />, { at: DAY });
    const settled = await entryOf(/Grace Hopper/);
    fireEvent.keyDown(settled, { key: "ArrowRight", shiftKey: true });
    expect(screen.queryByRole("button", { name: words.carry.drop })).not.toBeInTheDocument();

    fireEvent.keyDown(await entryOf(/Ada Lovelace/), { key: "ArrowRight", shiftKey: true });
    fireEvent.keyDown(await entryOf(/Ada Lovelace/), { key: "Escape" });

    expect(screen.queryByRole("button", { name: words.carry.drop })).not.toBeInTheDocument();
    expect(asked).not.toHaveBeenCalled();
  });

  it("does not give an appointment to who cannot do it", async () => {
    const asked = apiMoves();
    renderInside(<Component />, { at: `${DAY}&resource=7&resource=9` });
    fireEvent.keyDown(await entryOf(/Ada Lovelace/), { key: "ArrowDown", shiftKey: true });
    fireEvent.keyDown(await entryOf(/Ada Lovelace/), { key: "Enter" });

    expect(await screen.findByText(words.unable("Spa Suite", "Cut & Style"))).toBeInTheDocument();
    expect(asked).not.toHaveBeenCalled();
  });

  it("asks before it moves an appointment to where nobody works", async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post("*/api/appointments/:id/reschedule/", async ({ request }) => {
        const body = (await request.json()) as { start_at: string; allow_outside_hours: boolean };
        bodies.push(body.allow_outside_hours);
        if (body.allow_outside_hours) return HttpResponse.json({ ...ada, start_at: body.start_at, version: 4 });
        return HttpResponse.json({ code: "closed", detail: "Maya does not work then." }, { status: 400 });
      }),
    );
    const { user } = renderInside(<Component />, { at: DAY });
    fireEvent.keyDown(await entryOf(/Ada Lovelace/), { key: "ArrowRight", shiftKey: true });
    fireEvent.keyDown(await entryOf(/Ada Lovelace/), { key: "Enter" });

    const dialog = await screen.findByRole("dialog", { name: words.outside.heading });
    expect(dialog).toHaveTextContent("Maya does not work then.");
    await user.click(within(dialog).getByRole("button", { name: words.outside.yes }));

    expect(await screen.findByText(text.booking.moved("Ada Lovelace", false))).toBeInTheDocument();
    expect(bodies).toEqual([false, true]);
  });

  it("books where a free time is pressed, and opens what is pressed", async () => {
    const desk = { book: vi.fn(), show: vi.fn(), offer: vi.fn() };
    const { user } = renderInside(
      <BookingDeskContext value={desk}>
        <Component />
      </BookingDeskContext>,
      { at: DAY },
    );

    await user.click(await screen.findByRole("button", { name: /Olivia Chen 2026-03-02 14:00:00/ }));
    await user.click(await entryOf(/Ada Lovelace/));

    const startAt = new Date("2026-03-02T14:00:00-05:00");
    expect(desk.book).toHaveBeenCalledExactlyOnceWith({ startAt, resourceId: 8 });
    expect(desk.show).toHaveBeenCalledExactlyOnceWith("a");
  });

  it("shows time off, which managers change here and others only see; synced time is busy", async () => {
    const off = { id: 3, resource: 7, start_at: "2026-03-02T13:00:00-05:00", end_at: "2026-03-02T14:00:00-05:00" };
    apiHas({
      timeOff: [
        { ...off, reason: "Errand", source: "manual" },
        { ...off, id: 4, resource: 8, reason: "Dentist", source: "calendar" },
      ],
    });
    const { user } = renderInside(<Component />, { at: DAY });

    await user.click(await screen.findByRole("button", { name: "Errand" }));

    const dialog = await screen.findByRole("dialog", { name: words.block.change });
    expect(within(dialog).getByLabelText(words.block.startTime)).toHaveValue("1:00 PM");
    expect(screen.getByText(words.busyIn(words.outsideCalendar))).toBeInTheDocument();
    expect(screen.queryByText("Dentist")).not.toBeInTheDocument();
  });

  it("lets staff see time off, and not block any", async () => {
    const errand = { id: 3, resource: 7, reason: "Errand", source: "manual" };
    const span = { start_at: "2026-03-02T13:00:00-05:00", end_at: "2026-03-02T14:00:00-05:00" };
    apiHas({ timeOff: [{ ...errand, ...span }] });

    renderInside(<Component />, { at: DAY, viewer: viewerAs("staff") });

    expect(await screen.findByText("Errand")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Errand" })).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: words.blockTime })).not.toBeInTheDocument();
  });

  it("blocks time", async () => {
    const asked = vi.fn();
    server.use(
      http.post("*/api/schedule/time-off/", async ({ request }) => {
        asked(await request.json());
        return HttpResponse.json({ id: 5 }, { status: 201 });
      }),
    );
    const { user } = renderInside(<Component />, { at: DAY });
    await user.click(await screen.findByRole("button", { name: words.blockTime }));
    const dialog = await screen.findByRole("dialog", { name: words.block.heading });

    await user.type(within(dialog).getByLabelText(words.block.reason), "Training");
    await user.click(within(dialog).getByRole("button", { name: words.block.save }));

    expect(await screen.findByText(words.block.done("Maya Thompson"))).toBeInTheDocument();
    expect(asked).toHaveBeenCalledExactlyOnceWith({
      resource: 7,
      start_at: "2026-03-02T17:00:00.000Z",
      end_at: "2026-03-02T18:00:00.000Z",
      reason: "Training",
    });
  });

  it("caps the days of a month, and shows all of one on request", async () => {
    const many = Array.from({ length: 9 }, (_, position) =>
      appointmentWith({ id: `m${position}`, customer_name: `Customer ${position}` }),
    );
    apiHas({ appointments: many });
    const { user } = renderInside(<Component />, { at: `${DAY}&view=month` });

    await user.click(await screen.findByRole("button", { name: words.moreOn(6, "Monday, March 2") }));

    expect(await screen.findAllByRole("listitem")).toHaveLength(9);
  });

  it("lists the days of the agenda", async () => {
    renderInside(<Component />, { at: `${DAY}&view=agenda` });

    const row = await entryOf(/Ada Lovelace/);
    expect(row).toHaveTextContent(/10:00 – 10:45.*Ada Lovelace.*Cut & Style · Maya Thompson.*Confirmed/);
    expect(screen.getByText("Monday, March 2")).toBeInTheDocument();
  });

  it("says what to do while there is nobody to show", async () => {
    apiHas({ resources: [] });
    renderInside(<Component />, { at: DAY });

    expect(await screen.findByRole("link", { name: words.nothingShown.add })).toHaveAttribute("href", "/resources");
  });

  it("can be tried again when something could not be loaded", async () => {
    server.use(http.get("*/api/schedule/time-off/", () => HttpResponse.json({ detail: "Broken." }, { status: 500 })));
    const { user } = renderInside(<Component />, { at: DAY });
    expect(await screen.findByRole("alert")).toHaveTextContent("Broken.");

    apiHas();
    await user.click(screen.getByRole("button", { name: text.retry }));

    expect(await entryOf(/Ada Lovelace/)).toBeInTheDocument();
  });
});
