import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Appointment, HistoryEntry } from "@/api/shapes";
import { appointmentWith, resource } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { customer, history, otherResource } from "@/testing/scheduling";
import { server } from "@/testing/server";

import { useBookingDesk } from "../desk";

function Opener() {
  const { show } = useBookingDesk();
  return <button onClick={() => show(appointmentWith().id)}>Open</button>;
}

function appointmentIs(appointment: Appointment) {
  server.use(http.get("*/api/appointments/:id/", () => HttpResponse.json(appointment)));
}

async function open() {
  const { user } = renderInside(<Opener />);
  await user.click(screen.getByRole("button", { name: "Open" }));
  const drawer = within(await screen.findByRole("dialog", { name: "Appointment" }));
  await drawer.findByRole("heading", { name: "Cut & Style" });
  return { user, drawer };
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-03-02T09:00:00-05:00"), toFake: ["Date"] });
  server.use(http.get("*/api/resources/", () => HttpResponse.json(page([resource, otherResource]))));
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the drawer of an appointment", () => {
  it("tells when, who, with whom, how much, and what is known of the customer", async () => {
    const { drawer } = await open();

    expect(drawer.getByText("Monday, March 2 · 10:00 – 10:45 AM")).toBeVisible();
    expect(drawer.getByText("Confirmed")).toBeVisible();
    expect(drawer.getByText("$78.00")).toBeVisible();
    expect(await drawer.findByText("Maya Thompson")).toBeVisible();
    expect(await drawer.findByRole("link", { name: "+1 212-555-0100" })).toHaveAttribute("href", "tel:+1 212-555-0100");
    expect(await drawer.findByText("1 no-show so far")).toBeVisible();
    expect(drawer.getByRole("link", { name: "Open customer" })).toHaveAttribute("href", `/customers/${customer.id}`);
  });

  it("tells what happened, the latest first, in words", async () => {
    const entry = (parts: Partial<HistoryEntry>): HistoryEntry => ({
      kind: "edited",
      at: "2026-02-21T09:30:00-05:00",
      by: null,
      by_name: "Sam Staff",
      support_name: null,
      before: {},
      after: {},
      ...parts,
    });
    const before = { start_at: "2026-03-02T15:00:00+00:00", resource_ids: [resource.id] };
    const later = { start_at: "2026-03-03T16:00:00+00:00", resource_ids: [resource.id] };
    const entries = [
      ...history,
      entry({ kind: "rescheduled", before, after: later }),
      entry({ kind: "rescheduled", before: later, after: { ...later, resource_ids: [otherResource.id] } }),
      entry({ after: { notes: "x" }, support_name: "Sue Port" }),
      entry({ kind: "cancelled", after: { status: "cancelled", reason: "Ill" } }),
      entry({ kind: "reopened", by_name: null }),
    ];
    server.use(http.get("*/api/appointments/:id/history/", () => HttpResponse.json(page(entries))));
    const { drawer } = await open();

    const list = await drawer.findByRole("list", { name: "History" });
    await waitFor(() => expect(within(list).getAllByRole("listitem")).toHaveLength(6));
    expect(within(list).getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
      "ReopenedAutomatically · Feb 21, 2026, 9:30 AM",
      "Cancelled“Ill”Sam Staff · Feb 21, 2026, 9:30 AM",
      "Notes changedSam Staff (by Sue Port of support) · Feb 21, 2026, 9:30 AM",
      "Now with Sofia RamirezSam Staff · Feb 21, 2026, 9:30 AM",
      "Moved to Tue, Mar 3, 11:00 AMfrom Mon, Mar 2, 10:00 AMSam Staff · Feb 21, 2026, 9:30 AM",
      "Booked for Mon, Mar 2, 10:00 AMwith Maya ThompsonOlga Owner · Feb 20, 2026, 10:00 AM",
    ]);
  });

  it("keeps the notes that are typed, for the version that was read", async () => {
    const edits: unknown[] = [];
    server.use(
      http.patch("*/api/appointments/:id/", async ({ request }) => {
        edits.push([request.headers.get("If-Match"), await request.json()]);
        return HttpResponse.json(appointmentWith({ notes: "Bring photos", version: 4 }));
      }),
    );
    const { user, drawer } = await open();

    await user.type(drawer.getByRole("textbox", { name: "Notes" }), "Bring photos");
    appointmentIs(appointmentWith({ notes: "Bring photos", version: 4 }));
    await user.click(drawer.getByRole("button", { name: "Save notes" }));

    expect(await screen.findByText("Notes saved")).toBeVisible();
    expect(edits).toEqual([['"3"', { notes: "Bring photos" }]]);
    expect(drawer.queryByRole("button", { name: "Save notes" })).toBeNull();
  });

  it("does not lose typed notes that cannot be saved", async () => {
    server.use(
      http.patch("*/api/appointments/:id/", () =>
        HttpResponse.json({ detail: "Changed.", code: "stale_version" }, { status: 412 }),
      ),
    );
    const { user, drawer } = await open();

    await user.type(drawer.getByRole("textbox", { name: "Notes" }), "Bring photos");
    await user.click(drawer.getByRole("button", { name: "Save notes" }));

    expect(await drawer.findByText(/Somebody else changed this appointment meanwhile/)).toBeVisible();
    expect(drawer.getByRole("textbox", { name: "Notes" })).toHaveValue("Bring photos");
  });

  it("asks why it is cancelled and keeps the reason", async () => {
    const sent: unknown[] = [];
    const cancelled = appointmentWith({ status: "cancelled", version: 4 });
    server.use(
      http.post("*/api/appointments/:id/cancel/", async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(cancelled);
      }),
    );
    const { user, drawer } = await open();

    await user.click(drawer.getByRole("button", { name: "Cancel appointment" }));
    const question = within(await screen.findByRole("dialog", { name: "Cancel this appointment?" }));
    expect(question.getByText(/You can undo this/)).toBeVisible();
    await user.type(question.getByRole("textbox", { name: /Reason/ }), "Ill");
    appointmentIs(cancelled);
    await user.click(question.getByRole("button", { name: "Cancel appointment" }));

    expect(await drawer.findByText("Cancelled")).toBeVisible();
    expect(await screen.findByRole("button", { name: "Undo" })).toBeVisible();
    expect(await drawer.findByRole("button", { name: "Reopen" })).toBeVisible();
    expect(sent).toEqual([{ reason: "Ill" }]);
  });

  it("moves it to a free time, with somebody else", async () => {
    const sent: unknown[] = [];
    const moved = appointmentWith({
      start_at: "2026-03-03T12:00:00-05:00",
      end_at: "2026-03-03T12:45:00-05:00",
      resources: [otherResource.id],
      version: 4,
    });
    server.use(
      http.post("*/api/appointments/:id/reschedule/", async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(moved);
      }),
    );
    const { user, drawer } = await open();

    await user.click(drawer.getByRole("button", { name: "Move" }));
    await user.click(await drawer.findByRole("combobox", { name: "With" }));
    await user.click(await screen.findByRole("option", { name: "Sofia Ramirez" }));
    await user.click(await drawer.findByRole("radio", { name: /Tuesday, March 3, 3 free times/ }));
    await user.click(await drawer.findByRole("radio", { name: "12:00 PM" }));
    appointmentIs(moved);
    await user.click(drawer.getByRole("button", { name: "Move to Tue, Mar 3, 12:00 PM" }));

    expect(await drawer.findByText("Tuesday, March 3 · 12:00 – 12:45 PM")).toBeVisible();
    expect(sent).toEqual([
      { start_at: "2026-03-03T17:00:00.000Z", resources: [otherResource.id], allow_outside_hours: false },
    ]);
  });
});
