import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Customer } from "@/api/shapes";
import { ViewerContext } from "@/api/viewer";
import { BookingDesk } from "@/booking/BookingDesk";
import { planIs } from "@/testing/answers";
import { appointmentWith, snapshotWith, viewer } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderRoutes } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as CustomerScreen } from "./customer-screen";

const ID = "0195f3a2-6c1e-7d3b-9a51-2f0c6f6f2c11";
const customer: Customer = {
  id: ID,
  name: "Ada Lovelace",
  email: "ada@example.com",
  phone: "",
  notes: "Likes tea.",
  tags: ["vip"],
  is_active: true,
  created_at: "2026-01-05T09:00:00-05:00",
  updated_at: "2026-01-05T09:00:00-05:00",
};

const figures = {
  appointments: 9,
  upcoming: 1,
  completed: 6,
  cancelled: 1,
  no_shows: 1,
  first_at: "2025-03-02T10:00:00-05:00",
  last_at: "2026-02-20T10:00:00-05:00",
  next_at: "2026-03-02T10:00:00-05:00",
};

const withPayments = snapshotWith({
  features: {
    can_accept_payments: { name: "Payment Processing", summary: "", allowed: true, source: "plan", upgrade: null },
  },
});

function draw() {
  const element = (
    <ViewerContext value={viewer}>
      <BookingDesk>
        <CustomerScreen />
      </BookingDesk>
    </ViewerContext>
  );
  const routes = [
    { path: "/customers/:customerId", element },
    { path: "*", element: <p>elsewhere</p> },
  ];
  return renderRoutes(routes, `/customers/${ID}`);
}

/** Lets changes succeed; returns what was sent. */
function changesSucceed() {
  const sent = vi.fn();
  server.use(
    http.patch("*/api/customers/:id/", async ({ request }) => {
      const change = (await request.json()) as Partial<Customer>;
      sent(change);
      server.use(http.get("*/api/customers/:id/", () => HttpResponse.json({ ...customer, ...change })));
      return HttpResponse.json({ ...customer, ...change });
    }),
  );
  return sent;
}

async function choose(user: ReturnType<typeof draw>["user"], item: string) {
  await user.click(await screen.findByRole("button", { name: "More for Ada Lovelace" }));
  await user.click(await screen.findByRole("menuitem", { name: item }));
}

describe("A customer", () => {
  beforeEach(() => {
    server.use(
      http.get("*/api/customers/:id/", () => HttpResponse.json(customer)),
      http.get("*/api/customers/:id/figures/", () => HttpResponse.json(figures)),
      http.get("*/api/customers/", () => HttpResponse.json(page([customer]))),
    );
  });

  it("is shown with figures, notes, and what they had", async () => {
    let asked = new URLSearchParams();
    server.use(
      http.get("*/api/appointments/", ({ request }) => {
        asked = new URL(request.url).searchParams;
        return HttpResponse.json(page([appointmentWith({ status: "no_show" })]));
      }),
    );

    draw();

    expect(await screen.findByRole("heading", { level: 1, name: "Ada Lovelace" })).toBeVisible();
    expect(screen.getByRole("link", { name: "ada@example.com" })).toHaveAttribute("href", "mailto:ada@example.com");
    expect(screen.getByText("Likes tea.")).toBeVisible();
    expect(await screen.findByText("Mar 2, 2026, 10:00 AM")).toBeVisible();
    expect(screen.getByText("Completed; 1 more cancelled")).toBeVisible();
    expect(screen.getByText("First on Mar 2, 2025")).toBeVisible();
    const table = await screen.findByRole("table", { name: "Appointments of Ada Lovelace" });
    expect(await within(table).findByText("No-show")).toBeVisible();
    expect(Object.fromEntries(asked)).toEqual({ customer_id: ID, ordering: "-start_at", page: "1", page_size: "10" });
  });

  it("shows what lies ahead, soonest first, and opens an appointment", async () => {
    const asked: URLSearchParams[] = [];
    server.use(
      http.get("*/api/appointments/", ({ request }) => {
        asked.push(new URL(request.url).searchParams);
        return HttpResponse.json(page([appointmentWith()]));
      }),
      http.get("*/api/appointments/:id/", () => HttpResponse.json(appointmentWith())),
      http.get("*/api/appointments/:id/history/", () => HttpResponse.json(page([]))),
    );
    const { user, router } = draw();

    await user.click(await screen.findByRole("radio", { name: "Upcoming" }));
    await waitFor(() => {
      expect(asked.at(-1)?.get("ordering")).toBe("start_at");
    });
    expect(asked.at(-1)?.has("start_after")).toBe(true);
    expect(router.state.location.search).toBe("?show=upcoming&ordering=start_at");
    await user.click(await screen.findByRole("button", { name: "Cut & Style" }));

    expect(await screen.findByRole("dialog")).toHaveTextContent("Cut & Style");
  });

  it("has notes that are changed where they stand", async () => {
    const sent = changesSucceed();
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: "Edit notes" }));
    const field = screen.getByRole("textbox", { name: "Notes" });
    expect(field).toHaveFocus();

    await user.type(field, " No milk.");
    await user.click(screen.getByRole("button", { name: "Save notes" }));

    expect(await screen.findByText("Likes tea. No milk.")).toBeVisible();
    expect(sent).toHaveBeenCalledExactlyOnceWith({ notes: "Likes tea. No milk." });
    await waitFor(() => {
      expect(screen.getByRole("button", { name: "Edit notes" })).toHaveFocus();
    });
  });

  it("is switched off, with a way back", async () => {
    const sent = changesSucceed();
    const { user } = draw();

    await choose(user, "Deactivate");

    expect(await screen.findByText("Ada Lovelace is inactive now")).toBeVisible();
    expect(await screen.findByText(/No appointments can be booked for them/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Book appointment" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(await screen.findByRole("button", { name: "Book appointment" })).toBeVisible();
    expect(sent.mock.calls).toEqual([[{ is_active: false }], [{ is_active: true }]]);
  });

  it("is deleted only after asking", async () => {
    const removed = vi.fn();
    server.use(
      http.delete("*/api/customers/:id/", ({ params }) => {
        removed(params.id);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = draw();

    await choose(user, "Delete");
    await user.click(await screen.findByRole("button", { name: "Keep" }));
    expect(removed).not.toHaveBeenCalled();
    await choose(user, "Delete");
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Delete" }));

    expect(await screen.findByText("elsewhere")).toBeVisible();
    expect(removed).toHaveBeenCalledExactlyOnceWith(ID);
    expect(screen.getByText("Ada Lovelace deleted")).toBeVisible();
  });

  it("is offered to be switched off where deleting is refused", async () => {
    const sent = changesSucceed();
    const refusal = { detail: "This customer has appointments.", code: "in_use" };
    server.use(http.delete("*/api/customers/:id/", () => HttpResponse.json(refusal, { status: 409 })));
    const { user } = draw();

    await choose(user, "Delete");
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Delete" }));
    expect(await screen.findByText("Ada Lovelace cannot be deleted")).toBeVisible();
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Deactivate" }));

    expect(await screen.findByText("Ada Lovelace is inactive now")).toBeVisible();
    expect(sent).toHaveBeenCalledExactlyOnceWith({ is_active: false });
  });

  it("shows what they paid where the plan has payments", async () => {
    const asked = vi.fn();
    planIs(withPayments);
    server.use(
      http.get("*/api/payments/transactions/", ({ request }) => {
        asked(new URL(request.url).searchParams.get("customer"));
        return HttpResponse.json(page([]));
      }),
    );

    draw();

    expect(await screen.findByText("Nothing paid yet.")).toBeVisible();
    expect(asked).toHaveBeenCalledExactlyOnceWith(ID);
  });

  it("does not ask for payments where the plan lacks them", async () => {
    const asked = vi.fn();
    server.use(http.all("*/api/payments/*", asked));

    draw();

    expect(await screen.findByText(/is not part of your plan/)).toBeVisible();
    expect(asked).not.toHaveBeenCalled();
  });

  it("says so when there is nobody at this address", async () => {
    server.use(
      http.get("*/api/customers/:id/", () => HttpResponse.json({ detail: "No.", code: "not_found" }, { status: 404 })),
    );

    draw();

    expect(await screen.findByText("There is no such customer")).toBeVisible();
  });
});
