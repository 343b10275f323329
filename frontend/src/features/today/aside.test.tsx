import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Appointment } from "@/api/shapes";
import { BookingDeskContext } from "@/booking/desk";
import { planIs } from "@/testing/answers";
import { appointmentsQuota, appointmentWith, locked, snapshotWith } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";
import { dayOf } from "@/time/zone";

import { Attention } from "./components/Attention";
import { Glance } from "./components/Glance";

/** Twenty past ten in New York, where the business is. */
const NOW = new Date("2026-03-02T10:20:00-05:00");
const show = vi.fn();

function waiting({ earlier = [], pending = [] }: { earlier?: Appointment[]; pending?: Appointment[] }) {
  server.use(
    http.get("*/api/appointments/", ({ request }) => {
      const asked = new URL(request.url).searchParams;
      if (asked.has("start_before")) {
        expect(asked.get("status")).toBe("pending,confirmed");
        expect(asked.get("start_before")).toBe("2026-03-02T05:00:00.000Z");
        return HttpResponse.json({ ...page(earlier), count: earlier.length && 17 });
      }
      expect(asked.get("status")).toBe("pending");
      expect(asked.get("start_after")).toBe("2026-03-02T05:00:00.000Z");
      return HttpResponse.json(page(pending));
    }),
  );
}

function draw(appointments: Appointment[] = []) {
  const desk = { book: vi.fn(), show, offer: vi.fn() };
  return renderInside(
    <BookingDeskContext value={desk}>
      <Attention day={dayOf(NOW, "America/New_York")} appointments={appointments} now={NOW} />
    </BookingDeskContext>,
  );
}

describe("What needs attention", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is calm when nothing does", async () => {
    waiting({});

    draw();

    expect(await screen.findByText(/Nothing is waiting for you/)).toBeVisible();
  });

  it("counts what is over and open, opens each, and leads to all", async () => {
    const yesterday = appointmentWith({
      id: "y",
      start_at: "2026-03-01T14:30:00-05:00",
      end_at: "2026-03-01T15:00:00-05:00",
    });
    const early = { start_at: "2026-03-02T09:00:00-05:00", end_at: "2026-03-02T09:30:00-05:00" };
    waiting({ earlier: [yesterday] });
    const { user } = draw([appointmentWith({ id: "t", customer_name: "Grace Kim", ...early })]);

    expect(await screen.findByText("18 appointments are over and not settled")).toBeVisible();
    const [first, second] = within(screen.getByRole("list")).getAllByRole("button");
    expect(first).toHaveTextContent("Mar 2, 9:00 AMGrace Kim · Cut & Style");
    expect(second).toHaveTextContent("Mar 1, 2:30 PMAda Lovelace · Cut & Style");
    expect(screen.getByRole("link", { name: "All 17 from before today" })).toHaveAttribute(
      "href",
      "/appointments?period=past&status=pending&status=confirmed",
    );
    await user.click(second ?? document.body);
    expect(show).toHaveBeenCalledWith("y");
    expect(screen.queryByText(/Nothing is waiting/)).toBeNull();
  });

  it("counts what has to be confirmed", async () => {
    const later = { start_at: "2026-03-04T09:00:00-05:00", end_at: "2026-03-04T09:30:00-05:00" };
    waiting({ pending: [appointmentWith({ status: "pending", ...later })] });

    draw();

    expect(await screen.findByText("1 appointment waits to be confirmed")).toBeVisible();
    expect(screen.getByRole("link", { name: "All to confirm" })).toHaveAttribute("href", "/appointments?status=pending");
  });

  it("names the quotas that run out", async () => {
    planIs(
      snapshotWith({
        quotas: {
          max_appointments: { ...appointmentsQuota, used: 460, remaining: 40, state: "near" },
          max_users: { ...appointmentsQuota, name: "Users", limit: 2, used: 2, remaining: 0, state: "reached" },
        },
      }),
    );
    waiting({});

    draw();

    expect(await screen.findByText("Your plan is used up in part")).toBeVisible();
    expect(screen.getByText("460 of 500")).toBeVisible();
    expect(screen.getByText("2 of 2")).toBeVisible();
    expect(screen.getByRole("link", { name: "Plan & usage" })).toHaveAttribute("href", "/settings/plan");
    expect(screen.queryByText(/Nothing is waiting/)).toBeNull();
  });

  it("is not calm when nobody could be asked", async () => {
    server.use(
      http.get("*/api/appointments/", () => HttpResponse.json({ detail: "Busy.", code: "busy" }, { status: 503 })),
    );

    draw();

    expect(await screen.findByText("Earlier appointments could not be checked.")).toBeVisible();
    expect(screen.queryByText(/Nothing is waiting/)).toBeNull();
  });
});

describe("The business at a glance", () => {
  it("shows how many appointments the last days had, and leads to all figures", async () => {
    renderInside(<Glance />);

    const link = await screen.findByRole("link", { name: /^Last 30 days\s*270/ });
    expect(link).toHaveAttribute("href", "/analytics");
    expect(link.querySelectorAll("rect")).toHaveLength(30);
  });

  it("asks for nothing while locked", async () => {
    planIs(locked);
    const asked = vi.fn();
    server.use(
      http.get("*/api/analytics/*", () => {
        asked();
        return HttpResponse.json({});
      }),
    );

    renderInside(<Glance />);

    expect(await screen.findByText("Advanced Analytics comes with Professional")).toBeVisible();
    expect(asked).not.toHaveBeenCalled();
  });
});
