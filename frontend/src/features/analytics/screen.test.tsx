import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { FeatureEntry } from "@/api/shapes";
import { planIs } from "@/testing/answers";
import { locked, resource, snapshotWith, viewerAs } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";
import { statistics } from "@/testing/statistics";
import { downloadText } from "@/ui/ChartCard/download";

import { Component as Analytics } from "./screen";

vi.mock("@/ui/ChartCard/download");
// What it draws has no size outside a browser.
vi.mock("./components/charts/TimeBars", () => ({
  TimeBars: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}));

const allowed = (name: string): FeatureEntry => ({ ...snapshotWith().features.advanced_analytics, name });

/** Everything the business's figures are asked for, as path and parameters. */
function requestsForFigures(): string[] {
  const asked: string[] = [];
  server.events.removeAllListeners();
  server.events.on("request:start", ({ request }) => {
    const { pathname, search } = new URL(request.url);
    if (pathname.startsWith("/api/analytics/")) asked.push(pathname.replace("/api/analytics/analytics/", "") + search);
  });
  return asked;
}

const cardOf = (title: string) => within(screen.getByRole("region", { name: title }));
const tileOf = (label: string) => {
  const label_ = screen.getAllByText(label, { selector: "dt" })[0];
  return within(label_?.parentElement ?? document.body);
};
const textsOf = (rows: HTMLElement[]) =>
  rows.map((row) => [...row.querySelectorAll("th, td")].map(({ textContent }) => textContent));

describe("Analytics", () => {
  beforeEach(() => {
    planIs(
      snapshotWith({
        features: { can_accept_payments: allowed("Payment Processing"), can_export_data: allowed("Data Export") },
      }),
    );
    server.use(
      http.get("*/api/services/", () =>
        HttpResponse.json(page([{ id: 1, name: "Cut & Style", is_active: true }])),
      ),
      http.get("*/api/resources/", () => HttpResponse.json(page([resource]))),
    );
  });

  it("shows the numbers of the API with what they are shares of, and how they compare", async () => {
    renderInside(<Analytics />, { at: "/analytics" });

    expect(await screen.findByText("from 240")).toBeVisible();
    const appointments = tileOf("Appointments");
    expect(appointments.getByText("270")).toBeVisible();
    expect(appointments.getByText("+12.5%")).toBeVisible();
    const completed = tileOf("Completed");
    expect(completed.getByText("180")).toBeVisible();
    expect(completed.getByText("66.7% of these appointments")).toBeVisible();
    expect(completed.getByText("+20")).toBeVisible();
    const cancellations = tileOf("Cancellation rate");
    expect(cancellations.getByText("8.9%")).toBeVisible();
    expect(cancellations.getByText("24 of 270 cancelled")).toBeVisible();
    expect(cancellations.getByText("+3.9 pts")).toBeVisible();
    expect(cancellations.getByText("from 5%")).toBeVisible();
    const noShows = tileOf("No-show rate");
    expect(noShows.getByText("2.2%")).toBeVisible();
    expect(noShows.getByText("6 of 270 missed")).toBeVisible();
    expect(noShows.getByText("−0.3 pts")).toBeVisible();
    expect(screen.getByText(/Feb 1 – Mar 2, 2026 · 30 days, compared with the 30 days before/)).toBeVisible();
    expect(screen.getByText("270 appointments in 30 days")).toBeInTheDocument();
    expect(
      await screen.findByRole("img", { name: /^Appointments per day, Feb 1\s–\sMar 2, 2026: 270 in all\.$/ }),
    ).toBeVisible();
  });

  it("shows how the business stands now", async () => {
    renderInside(<Analytics />, { at: "/analytics" });

    expect(await screen.findByText("212")).toBeVisible();
    expect(tileOf("This month").getByText("Appointments of every status; 4,821 of all time")).toBeVisible();
    expect(tileOf("Upcoming").getByText("64")).toBeVisible();
    expect(tileOf("Average length").getByText("52 min")).toBeVisible();
    expect(tileOf("Busiest").getByText("Saturday")).toBeVisible();
    expect(tileOf("Busiest").getByText("Most start on it; the busiest hour begins at 11:00 AM")).toBeVisible();
    expect(tileOf("Active services").getByText("12")).toBeVisible();
  });

  it("shows the revenue of each currency by itself", async () => {
    renderInside(<Analytics />, { at: "/analytics" });

    expect(await screen.findByText("from $10,000.00")).toBeVisible();
    expect(tileOf("Revenue").getByText("$12,500.00")).toBeVisible();
    expect(tileOf("Revenue").getByText("+25%")).toBeVisible();
    expect(tileOf("Payments").getByText("250")).toBeVisible();
    expect(tileOf("Average payment").getByText("$50.00")).toBeVisible();
    expect(tileOf("Revenue in EUR").getByText("€40.00")).toBeVisible();
  });

  it("asks for what the address says, and for the window before", async () => {
    const asked = requestsForFigures();

    renderInside(<Analytics />, { at: "/analytics?days=7&status=no_show&service_id=1&resource_id=7" });

    await waitFor(() => {
      expect([...asked].sort()).toEqual([
        "appointments/?days=14&status=no_show&service_id=1&resource_id=7",
        "appointments/?days=7&status=no_show&service_id=1&resource_id=7",
        "dashboard/",
        "revenue/?days=14&service_id=1",
        "revenue/?days=7&service_id=1",
      ]);
    });
    expect(await screen.findByText(/The filters for status and resource do not apply to money/)).toBeVisible();
    expect(tileOf("No-show rate").getByText("Only with all statuses")).toBeVisible();
    expect(screen.getByRole("combobox", { name: "Service" })).toHaveValue("Cut & Style");
    expect(screen.getByRole("region", { name: "By resource" })).toBeVisible();
    expect(screen.queryByRole("region", { name: "By service" })).toBeNull();
    expect(screen.queryByRole("region", { name: "By status" })).toBeNull();
  });

  it("asks for no window before the API's longest", async () => {
    const asked = requestsForFigures();

    renderInside(<Analytics />, { at: "/analytics?days=3660" });

    expect(await screen.findByText("8.9%")).toBeVisible();
    expect([...asked].sort()).toEqual(["appointments/?days=3660", "dashboard/", "revenue/?days=3660"]);
    expect(screen.queryByText("from 240")).toBeNull();
  });

  it("keeps what is chosen in the address, and starts over on request", async () => {
    const asked = requestsForFigures();
    const { user, router } = renderInside(<Analytics />, { at: "/analytics" });
    await screen.findByText("from 240");

    await user.click(screen.getByRole("radio", { name: "90 days" }));
    await user.click(screen.getByRole("combobox", { name: "Service" }));
    await user.click(await screen.findByRole("option", { name: "Cut & Style" }));

    await waitFor(() => {
      expect(router.state.location.search).toBe("?days=90&service_id=1");
    });
    await waitFor(() => {
      expect(asked).toContain("appointments/?days=90&service_id=1");
    });

    await user.click(screen.getByRole("button", { name: "Reset filters" }));
    expect(router.state.location.search).toBe("");
  });

  it("takes any number of days", async () => {
    const { user, router } = renderInside(<Analytics />, { at: "/analytics" });
    await screen.findByText("from 240");

    await user.click(screen.getByRole("radio", { name: "Custom" }));
    const days = screen.getByRole("textbox", { name: "Number of days, up to 3,660" });
    await user.clear(days);
    await user.type(days, "45");

    await waitFor(() => {
      expect(router.state.location.search).toBe("?days=45");
    });
  });

  it("lists every value of a chart in its table", async () => {
    const { user } = renderInside(<Analytics />, { at: "/analytics" });
    await screen.findByText("from 240");

    const byService = cardOf("By service");
    await user.click(byService.getByRole("radio", { name: "Table" }));
    expect(textsOf(byService.getAllByRole("row"))).toEqual([
      ["Service", "Appointments", "Share (%)"],
      ["Cut & Style", "150", "55.6%"],
      ["Colour, full", "90", "33.3%"],
      ["=Special", "30", "11.1%"],
    ]);

    const perDay = cardOf("Appointments per day");
    await user.click(perDay.getByRole("radio", { name: "Table" }));
    const [head, ...days] = textsOf(perDay.getAllByRole("row"));
    expect(head).toEqual(["Date", "Total", "Completed", "Confirmed", "To confirm", "Cancelled", "No-show"]);
    expect(days.map(([, total]) => Number(total))).toEqual(statistics.daily_breakdown.map(({ count }) => count));
    expect(days[0]?.[0]).toBe("Sun, Feb 1, 2026");

    const byWeekday = cardOf("By weekday");
    await user.click(byWeekday.getByRole("radio", { name: "Table" }));
    const weekdays = textsOf(byWeekday.getAllByRole("row")).slice(1);
    expect(weekdays.map(([name]) => name)).toEqual([
      "Monday",
      "Tuesday",
      "Wednesday",
      "Thursday",
      "Friday",
      "Saturday",
      "Sunday",
    ]);
    expect(weekdays.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(270);
    expect(weekdays.reduce((sum, [, , dates]) => sum + Number(dates), 0)).toBe(30);
  });

  it("gives each chart as CSV", async () => {
    const { user } = renderInside(<Analytics />, { at: "/analytics" });
    await screen.findByText("from $10,000.00");

    await user.click(screen.getByRole("button", { name: "CSV of this chart: By service" }));
    await user.click(screen.getByRole("button", { name: "CSV of this chart: Revenue by service" }));
    await user.click(screen.getByRole("button", { name: "CSV of this chart: Revenue per day" }));

    const files = vi.mocked(downloadText).mock.calls;
    const [byService, earnedByService, earnedByDay] = files.map(([, content]) => content);
    expect(files.map(([name]) => name)).toEqual([
      "appointments-by-service_2026-02-01_2026-03-02.csv",
      "revenue-by-service_2026-02-01_2026-03-02.csv",
      "revenue-by-day_2026-02-01_2026-03-02.csv",
    ]);
    expect(byService).toBe(
      '\uFEFFService,Appointments,Share (%)\r\nCut & Style,150,55.56\r\n"Colour, full",90,33.33\r\n\'=Special,30,11.11\r\n',
    );
    expect(earnedByService).toBe(
      '\uFEFFService,Revenue (USD),Share (%)\r\nCut & Style,8000.50,64.00\r\n"Colour, full",4499.50,36.00\r\n',
    );
    const [head, first, ...others] = (earnedByDay ?? "").trimEnd().split("\r\n");
    expect(head).toBe("\uFEFFDate,Revenue (USD),Payments");
    expect(first).toBe("2026-02-01,416.66,8");
    expect(others).toHaveLength(29);
  });

  it("leads to a file with exactly the rows that are counted", async () => {
    renderInside(<Analytics />, { at: "/analytics?service_id=1&status=completed" });

    const links = await screen.findAllByRole("link", { name: /^Export these rows/ });

    expect(links.map((link) => link.getAttribute("href"))).toEqual(
      Array.from(
        { length: 3 },
        () =>
          "/settings/data-export?dataset=appointments&start_date=2026-02-01&end_date=2026-03-02&status=completed&service_id=1",
      ),
    );
  });

  it("says so when nothing was booked, and what may help", async () => {
    server.use(
      http.get("*/api/analytics/analytics/appointments/", () => HttpResponse.json({ ...statistics, total: 0 })),
    );
    const { user, router } = renderInside(<Analytics />, { at: "/analytics?status=pending" });

    expect(await screen.findByText("No appointments in these days")).toBeVisible();
    await user.click(within(screen.getByRole("region", { name: "Appointments" })).getByRole("button"));
    expect(router.state.location.search).toBe("");

    await user.click(await screen.findByRole("button", { name: "Look at 365 days" }));
    expect(router.state.location.search).toBe("?days=365");
  });

  it("says so when figures could not be loaded, and tries again", async () => {
    server.use(
      http.get(
        "*/api/analytics/analytics/revenue/",
        () => HttpResponse.json({ detail: "Busy.", code: "busy" }, { status: 503 }),
        { once: true },
      ),
      http.get(
        "*/api/analytics/analytics/revenue/",
        () => HttpResponse.json({ detail: "Busy.", code: "busy" }, { status: 503 }),
        { once: true },
      ),
    );
    const { user } = renderInside(<Analytics />, { at: "/analytics" });

    expect(await screen.findByText("Busy.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(await screen.findByText("$12,500.00")).toBeVisible();
  });

  it("asks for nothing while locked", async () => {
    planIs(locked);
    const asked = requestsForFigures();

    renderInside(<Analytics />, { at: "/analytics" });

    expect(await screen.findByText("Advanced Analytics comes with Professional")).toBeVisible();
    expect(screen.queryByRole("search")).toBeNull();
    expect(asked).toEqual([]);
  });

  it("asks for no revenue while payments are locked", async () => {
    planIs(snapshotWith());
    const asked = requestsForFigures();

    renderInside(<Analytics />, { at: "/analytics" });

    expect(await screen.findByText("from 240")).toBeVisible();
    expect(screen.getByText("can_accept_payments is not part of your plan")).toBeVisible();
    expect(asked.filter((path) => path.startsWith("revenue/"))).toEqual([]);
  });

  it("tells those whose role is too low whom to ask, and asks for nothing", async () => {
    planIs(snapshotWith({ nav: [] }));
    const asked = requestsForFigures();

    renderInside(<Analytics />, { at: "/analytics", viewer: viewerAs("staff") });

    expect(await screen.findByRole("heading", { level: 1, name: /for managers and owners/ })).toBeVisible();
    expect(asked).toEqual([]);
  });
});
