import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Appointment } from "@/api/shapes";
import { planIs } from "@/testing/answers";
import { appointmentWith, locked, snapshotWith, viewerAs } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as Today } from "./screen";

/** Twenty past ten in New York, where the business is. */
const NOW = new Date("2026-03-02T10:20:00-05:00");

function dayIs(...appointments: Appointment[]) {
  server.use(http.get("*/api/appointments/", () => HttpResponse.json(page(appointments))));
}

/** Lets changing an appointment hang until the returned function gives the answer. */
function heldAnswer(path: string) {
  const requests: Request[] = [];
  let give: (response: Response) => void = () => undefined;
  const answer = new Promise<Response>((resolve) => {
    give = resolve;
  });
  server.use(
    http.post(path, ({ request }) => {
      requests.push(request);
      return answer;
    }),
  );
  return { requests, give };
}

const rowOf = (customer: string) => screen.getByText(customer).closest("li") ?? document.body;

describe("Today", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("asks for the business's day and shows it in the business's time", async () => {
    let asked = new URLSearchParams();
    server.use(
      http.get("*/api/appointments/", ({ request }) => {
        asked = new URL(request.url).searchParams;
        return HttpResponse.json(page([appointmentWith()]));
      }),
    );

    renderInside(<Today />);

    expect(await screen.findByText("Ada Lovelace")).toBeVisible();
    expect(Object.fromEntries(asked)).toEqual({
      start_after: "2026-03-02T05:00:00.000Z",
      start_before: "2026-03-03T05:00:00.000Z",
      page: "1",
      page_size: "200",
    });
    expect(screen.getByRole("heading", { level: 1, name: "Monday, March 2" })).toBeVisible();
    const row = within(rowOf("Ada Lovelace"));
    expect(row.getByText("until 10:45 AM")).toBeVisible();
    expect(row.getByText("Confirmed")).toBeVisible();
    expect(await row.findByText("Maya Thompson")).toBeVisible();
  });

  it("says so when there is nothing today or soon", async () => {
    dayIs();

    renderInside(<Today />);

    expect(await screen.findByText("A free day")).toBeVisible();
    expect(screen.getByText("Appointments booked for today appear here by themselves.")).toBeVisible();
  });

  it("tells when a free day is followed by an appointment that was not cancelled", async () => {
    const tomorrow = { start_at: "2026-03-03T09:30:00-05:00", end_at: "2026-03-03T10:00:00-05:00" };
    const later = [
      appointmentWith({ id: "1", ...tomorrow, status: "cancelled" }),
      appointmentWith({ id: "2", ...tomorrow, customer_name: "Grace Kim" }),
    ];
    server.use(
      http.get("*/api/appointments/", ({ request }) => {
        const isToday = new URL(request.url).searchParams.has("start_before");
        return HttpResponse.json(page(isToday ? [] : later));
      }),
    );

    renderInside(<Today />);

    expect(await screen.findByText("It goes on Tuesday, March 3, 9:30 AM, with Grace Kim.")).toBeVisible();
  });

  it("says so when the day could not be loaded, and tries again", async () => {
    server.use(
      http.get("*/api/appointments/", () => HttpResponse.json({ detail: "Busy.", code: "busy" }, { status: 503 })),
    );
    const { user } = renderInside(<Today />);
    const alert = await screen.findByRole("alert");
    expect(within(alert).getByText("Busy.")).toBeVisible();

    dayIs(appointmentWith());
    await user.click(within(alert).getByRole("button", { name: "Try again" }));

    expect(await screen.findByText("Ada Lovelace")).toBeVisible();
  });

  it("shows a change at once and keeps what the server answers", async () => {
    dayIs(appointmentWith());
    const change = heldAnswer("*/api/appointments/:id/complete/");
    const { user } = renderInside(<Today />);
    await user.click(await screen.findByRole("button", { name: "Complete: Ada Lovelace, 10:00 AM" }));

    expect(within(rowOf("Ada Lovelace")).getByText("Completed")).toBeVisible();
    expect(rowOf("Ada Lovelace")).toHaveFocus();
    expect(screen.getByText("Ada Lovelace: Completed")).toBeInTheDocument();

    const completed = appointmentWith({ status: "completed", version: 4, service_name: "As the server says" });
    dayIs(completed);
    change.give(HttpResponse.json(completed));

    expect(await screen.findByText(/As the server says/)).toBeVisible();
    expect(change.requests[0]?.headers.get("If-Match")).toBe('"3"');
    expect(change.requests[0]?.url).toContain(`/api/appointments/${completed.id}/complete/`);
  });

  it("takes a change back that the server refuses, and says why", async () => {
    dayIs(appointmentWith());
    const change = heldAnswer("*/api/appointments/:id/complete/");
    const { user } = renderInside(<Today />);
    await user.click(await screen.findByRole("button", { name: "Complete: Ada Lovelace, 10:00 AM" }));
    expect(within(rowOf("Ada Lovelace")).getByText("Completed")).toBeVisible();

    change.give(HttpResponse.json({ detail: "It lies ahead.", code: "not_started" }, { status: 409 }));

    expect(await screen.findByText("It lies ahead.")).toBeVisible();
    expect(within(rowOf("Ada Lovelace")).getByText("Confirmed")).toBeVisible();
    expect(screen.getByRole("button", { name: "Complete: Ada Lovelace, 10:00 AM" })).toBeVisible();
  });

  it("shows how an appointment stands that somebody else changed meanwhile", async () => {
    dayIs(appointmentWith());
    const change = heldAnswer("*/api/appointments/:id/complete/");
    const { user } = renderInside(<Today />);
    await user.click(await screen.findByRole("button", { name: "Complete: Ada Lovelace, 10:00 AM" }));

    dayIs(appointmentWith({ status: "no_show", version: 4 }));
    change.give(HttpResponse.json({ detail: "Changed.", code: "stale_version" }, { status: 412 }));

    expect(await screen.findByText(/Somebody else changed this appointment/)).toBeVisible();
    expect(await within(rowOf("Ada Lovelace")).findByText("No-show")).toBeVisible();
  });

  const choose = async (user: UserEvent, choice: string, time = "10:00 AM") => {
    await user.click(await screen.findByRole("button", { name: `More for Ada Lovelace, ${time}` }));
    await user.click(await screen.findByRole("menuitem", { name: choice }));
  };

  it("asks before cancelling what has started, which cannot be undone", async () => {
    dayIs(appointmentWith());
    const change = heldAnswer("*/api/appointments/:id/cancel/");
    const { user } = renderInside(<Today />);

    await choose(user, "Cancel appointment");
    await user.click(await screen.findByRole("button", { name: "Keep it" }));
    expect(within(rowOf("Ada Lovelace")).getByText("Confirmed")).toBeVisible();

    await choose(user, "Cancel appointment");
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText(/10:00 AM · Ada Lovelace · Cut & Style\..*cannot be undone/)).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Cancel appointment" }));

    expect(within(rowOf("Ada Lovelace")).getByText("Cancelled")).toBeVisible();
    await waitFor(() => {
      expect(change.requests).toHaveLength(1);
    });
  });

  it.each([
    ["No-show", "no-show", "No-show", appointmentWith()],
    [
      "Cancel appointment",
      "cancel",
      "Cancelled",
      appointmentWith({ start_at: "2026-03-02T15:00:00-05:00", end_at: "2026-03-02T16:00:00-05:00" }),
    ],
  ])("does at once what can be undone: %s", async (choice, action, status, appointment) => {
    const settled = { ...appointment, status: action === "cancel" ? "cancelled" : "no_show", version: 4 } as const;
    dayIs(appointment);
    const change = heldAnswer(`*/api/appointments/:id/${action}/`);
    const reopened = heldAnswer("*/api/appointments/:id/reopen/");
    const { user } = renderInside(<Today />);

    await choose(user, choice, action === "cancel" ? "3:00 PM" : "10:00 AM");

    expect(within(rowOf("Ada Lovelace")).getByText(status)).toBeVisible();
    expect(rowOf("Ada Lovelace")).toContainElement(document.activeElement as HTMLElement);
    dayIs(settled);
    change.give(HttpResponse.json(settled));
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    expect(await within(rowOf("Ada Lovelace")).findByText("Confirmed")).toBeVisible();
    await waitFor(() => {
      expect(reopened.requests[0]?.headers.get("If-Match")).toBe('"4"');
    });
  });

  it("opens an appointment from its row", async () => {
    dayIs(appointmentWith());
    const { user } = renderInside(<Today />);

    await user.click(await screen.findByRole("button", { name: "Ada Lovelace" }));

    const drawer = within(await screen.findByRole("dialog", { name: "Appointment" }));
    expect(drawer.getByRole("heading", { name: "Cut & Style" })).toBeVisible();
    expect(await drawer.findByText("1 no-show so far")).toBeVisible();
  });

  it("books from here", async () => {
    const { user } = renderInside(<Today />);

    await waitFor(() => {
      expect(screen.getByRole("button", { name: "New appointment" })).toBeEnabled();
    });
    await user.click(screen.getByRole("button", { name: "New appointment" }));

    expect(await screen.findByRole("dialog", { name: "New appointment" })).toBeVisible();
  });

  it("confirms what is pending", async () => {
    const later = { start_at: "2026-03-02T15:00:00-05:00", end_at: "2026-03-02T16:00:00-05:00" };
    dayIs(appointmentWith({ status: "pending", ...later }));
    heldAnswer("*/api/appointments/:id/confirm/");
    const { user } = renderInside(<Today />);

    await user.click(await screen.findByRole("button", { name: "Confirm: Ada Lovelace, 3:00 PM" }));

    expect(within(rowOf("Ada Lovelace")).getByText("Confirmed")).toBeVisible();
  });

  it("shows the figures to those whose plan and role have them", async () => {
    renderInside(<Today />);

    expect(await screen.findByText("212")).toBeVisible();
    expect(screen.getByText("4,821 appointments of all time")).toBeVisible();
    expect(screen.getByText("Saturday")).toBeVisible();
    expect(screen.getByText("Most start around 11:00 AM")).toBeVisible();
  });

  it("offers the figures where the plan lacks them, with the business's own number", async () => {
    planIs(locked);

    renderInside(<Today />, { viewer: viewerAs("manager") });

    expect(await screen.findByText("Advanced Analytics comes with Professional")).toBeVisible();
    expect(screen.getByText(/You booked 137 appointments this month\./)).toBeVisible();
    expect(screen.getByText(/Ask an owner of Bright Smiles to upgrade\./)).toBeVisible();
    expect(screen.queryByText("212")).toBeNull();
  });

  it("does not mention the figures to those whose role is too low for them", async () => {
    planIs(snapshotWith({ nav: [] }));

    renderInside(<Today />, { viewer: viewerAs("staff") });

    await screen.findByText("Ada Lovelace");
    await waitFor(() => {
      expect(screen.queryByText("At a glance")).toBeNull();
    });
  });
});
