import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { appointmentWith } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { customer } from "@/testing/scheduling";
import { server } from "@/testing/server";

import { Component as Appointments } from "./screen";

const NOW = new Date("2026-03-02T09:00:00-05:00");

/** Records what is asked for, and answers with as many appointments as `count` says there are. */
function listHas(count: number, ...shown: ReturnType<typeof appointmentWith>[]) {
  const asked: Record<string, string>[] = [];
  server.use(
    http.get("*/api/appointments/", ({ request }) => {
      asked.push(Object.fromEntries(new URL(request.url).searchParams));
      return HttpResponse.json({ ...page(shown), count });
    }),
  );
  return asked;
}

const addressOf = (router: { state: { location: { search: string } } }) => router.state.location.search;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("Appointments", () => {
  it("shows what lies ahead, the next one first", async () => {
    const asked = listHas(1, appointmentWith());

    renderInside(<Appointments />, { at: "/appointments" });

    const row = within((await screen.findByRole("button", { name: "Ada Lovelace" })).closest("tr") ?? document.body);
    expect(row.getByText("Mon, Mar 2, 2026")).toBeVisible();
    expect(row.getByText("Confirmed")).toBeVisible();
    expect(row.getByText("$78.00")).toBeVisible();
    expect(await row.findByText("Maya Thompson")).toBeVisible();
    expect(asked).toEqual([
      { page: "1", page_size: "25", ordering: "start_at", start_after: "2026-03-02T05:00:00.000Z" },
    ]);
  });

  it("reads its filters from the address", async () => {
    const asked = listHas(1, appointmentWith());
    const search = "?period=all&status=cancelled&status=no_show&service=1&ordering=-price_cents&page=2&search=ada";

    renderInside(<Appointments />, { at: `/appointments${search}&customer=${customer.id}` });

    await screen.findByRole("button", { name: "Ada Lovelace" });
    expect(asked[0]).toEqual({
      page: "2",
      page_size: "25",
      ordering: "-price_cents",
      search: "ada",
      status: "no_show,cancelled",
      service_id: "1",
      customer_id: customer.id,
    });
    expect(screen.getByRole("searchbox", { name: "Customer or service" })).toHaveValue("ada");
    expect(screen.getByRole("columnheader", { name: "Price" })).toHaveAttribute("aria-sort", "descending");
    expect(await screen.findByText("Only Ada Lovelace")).toBeVisible();
  });

  it("writes filters, order and page into the address, and begins at the first page of each", async () => {
    const asked = listHas(60, appointmentWith());
    const { router, user } = renderInside(<Appointments />, { at: "/appointments" });
    await screen.findByText("1–25 of 60");

    await user.click(screen.getByRole("button", { name: "Next" }));
    await waitFor(() => expect(addressOf(router)).toBe("?page=2"));
    await user.click(screen.getByRole("button", { name: "Price" }));
    await waitFor(() => expect(addressOf(router)).toBe("?ordering=price_cents"));
    await user.type(screen.getByRole("searchbox", { name: "Customer or service" }), "ada");
    await waitFor(() => expect(addressOf(router)).toBe("?ordering=price_cents&search=ada"));
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ search: "ada", page: "1", ordering: "price_cents" }));

    await user.click(screen.getByRole("button", { name: "Clear filters" }));
    await waitFor(() => expect(addressOf(router)).toBe(""));
  });

  it("leads on where nothing matches, and where nothing is booked", async () => {
    listHas(0);
    const { user } = renderInside(<Appointments />, { at: "/appointments?period=past" });
    const nothing = await screen.findByRole("heading", { name: "No appointment matches" });

    await user.click(within(nothing.parentElement ?? document.body).getByRole("button", { name: "Clear filters" }));

    expect(await screen.findByRole("heading", { name: "Nothing booked ahead" })).toBeVisible();
  });

  it("says so when the list could not be loaded, and tries again", async () => {
    server.use(
      http.get("*/api/appointments/", () => HttpResponse.json({ detail: "Busy.", code: "busy" }, { status: 503 })),
    );
    const { user } = renderInside(<Appointments />, { at: "/appointments" });
    expect(await screen.findByText("Busy.")).toBeVisible();

    listHas(1, appointmentWith());
    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(await screen.findByRole("button", { name: "Ada Lovelace" })).toBeVisible();
  });

  it("opens an appointment", async () => {
    listHas(1, appointmentWith());
    const { user } = renderInside(<Appointments />, { at: "/appointments" });

    await user.click(await screen.findByRole("button", { name: "Ada Lovelace" }));

    expect(await screen.findByRole("dialog", { name: "Appointment" })).toBeVisible();
  });
});
