import { readFile } from "node:fs/promises";

import type { Locator, Page } from "@playwright/test";

import type { AppointmentStatistics } from "@/api/shapes";
import { text } from "@/text";
import { analytics } from "@/text/analytics";
import { chart } from "@/text/chart";
import { money } from "@/text/money";

import { expect, found, people, test } from "./kit";
import type { Api } from "./kit/session";

const DAYS = 90;

/** A service of the demo's own: the other tests book services of theirs. */
async function demoService(api: Api) {
  const { data } = await api.GET("/api/services/", { params: { query: { search: "Blow-Dry" } } });
  return found(found(data).results[0]);
}

async function statisticsOf(api: Api, query: { days: number; service_id: number }): Promise<AppointmentStatistics> {
  const { data } = await api.GET("/api/analytics/analytics/appointments/", { params: { query } });
  return found(data);
}

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const tile = (within: Locator, label: string) =>
  within.locator("dl > div").filter({ has: within.page().getByText(label, { exact: true }) });
const sumOf = (cells: readonly string[]) =>
  cells.reduce((sum, cell) => sum + Number(cell.replaceAll(",", "")), 0);

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

test("the figures are those of the API, on the screen, in the table, the CSV and the export", async ({
  ownerPage: page,
  api,
}) => {
  const service = await demoService(api);
  await page.goto("/analytics");

  await page.getByText(analytics.filters.days(DAYS), { exact: true }).click();
  await choose(page, analytics.filters.service, service.name);

  await expect(page).toHaveURL(`/analytics?days=${DAYS}&service_id=${service.id}`);
  const asked = { days: DAYS, service_id: service.id };
  const answer = await statisticsOf(api, asked);
  const appointments = section(page, analytics.appointments.heading);
  await test.step("tiles", async () => {
    await expect(tile(appointments, analytics.appointments.total)).toContainText(text.number(answer.total));
    await expect(tile(appointments, analytics.appointments.completed)).toContainText(
      text.number(answer.by_status.completed),
    );
    const cancellations = tile(appointments, analytics.appointments.cancellations);
    await expect(cancellations).toContainText(text.percent(answer.cancellation_rate_percent));
    await expect(cancellations).toContainText(
      analytics.appointments.cancellationsHint(answer.by_status.cancelled, answer.total),
    );
    await expect(tile(appointments, analytics.appointments.noShows)).toContainText(
      text.percent(answer.no_show_rate_percent),
    );
  });

  await test.step("the window before", async () => {
    const twice = await statisticsOf(api, { ...asked, days: 2 * DAYS });
    const before = analytics.compared.from(text.number(twice.total - answer.total));
    await expect(tile(appointments, analytics.appointments.total)).toContainText(before);
  });

  const perDay = section(page, analytics.overTime.heading.day);
  await test.step("the table", async () => {
    await perDay.getByText(chart.table, { exact: true }).locator("..").click();
    await expect(perDay.getByRole("rowheader")).toHaveCount(DAYS);
    const totals = await perDay.locator("tbody tr > :nth-child(2)").allTextContents();
    expect(totals.map(Number)).toEqual(answer.daily_breakdown.map(({ count }) => count));
    expect(sumOf(totals)).toBe(answer.total);
  });

  await test.step("the CSV", async () => {
    const download = page.waitForEvent("download");
    await perDay.getByRole("button", { name: /^CSV of this chart/ }).click();
    const file = await download;
    const [head, ...rows] = (await readFile(await file.path(), "utf8")).trimEnd().split("\r\n");
    expect(head).toBe("\uFEFFDate,Total,Completed,Confirmed,To confirm,Cancelled,No-show");
    expect(rows.map((row) => row.split(",").slice(0, 2))).toEqual(
      answer.daily_breakdown.map(({ date, count }) => [date, String(count)]),
    );
  });

  await test.step("the export", async () => {
    const link = perDay.getByRole("link", { name: /^Export these rows/ });
    const { search, searchParams } = new URL(found(await link.getAttribute("href")), "http://localhost");
    expect(searchParams.get("service_id")).toBe(String(service.id));
    const exported = await page.evaluate(async (parameters) => {
      const response = await fetch(`/api/export/appointments/${parameters}&export_format=json`);
      return ((await response.json()) as { count: number }).count;
    }, search.replace("dataset=appointments&", ""));
    expect(exported).toBe(answer.total);
    await link.click();
    await expect(page).toHaveURL(/\/settings\/data-export\?dataset=appointments&start_date=/);
  });
});

test("revenue is that of the API, each currency by itself", async ({ ownerPage: page, api }) => {
  const service = await demoService(api);
  const query = { days: 30, service_id: service.id };

  await page.goto(`/analytics?service_id=${service.id}`);

  const answer = found((await api.GET("/api/analytics/analytics/revenue/", { params: { query } })).data);
  const revenue = section(page, analytics.revenue.heading);
  await expect(tile(revenue, analytics.revenue.total)).toContainText(
    money(answer.total_revenue_cents, answer.currency),
  );
  await expect(tile(revenue, analytics.revenue.payments)).toContainText(text.number(answer.transaction_count));
  await expect(tile(revenue, analytics.revenue.average)).toContainText(
    money(answer.average_transaction_value_cents, answer.currency),
  );
});

test("everything can be done with the keyboard alone", async ({ ownerPage: page }) => {
  await page.goto("/analytics");
  const perDay = section(page, analytics.overTime.heading.day);
  await expect(perDay.getByRole("img")).toBeVisible();

  await test.step("the period", async () => {
    await page.getByRole("radio", { name: analytics.filters.days(30) }).focus();
    await page.keyboard.press("ArrowLeft");
    await expect(page).toHaveURL("/analytics?days=7");
    await expect(perDay.getByRole("img", { name: /^Appointments per day/ })).toBeVisible();
  });

  await test.step("a filter", async () => {
    await page.getByRole("combobox", { name: analytics.filters.status }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/[?&]status=/);
  });

  await test.step("the table, and back", async () => {
    await perDay.getByRole("radio", { name: chart.chart }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(perDay.getByRole("table")).toBeVisible();
    await expect(perDay.getByRole("rowheader")).toHaveCount(7);
    await page.keyboard.press("Tab");
    await expect(perDay.getByRole("group", { name: analytics.overTime.heading.day })).toBeFocused();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("ArrowLeft");
    await expect(perDay.getByRole("img")).toBeVisible();
  });

  await test.step("starting over", async () => {
    await page.getByRole("button", { name: analytics.filters.reset }).first().focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/analytics");
  });
});

test("on the free plan nothing is asked for, and the preview is out of reach", async ({
  freeOwnerPage: page,
  requests,
}) => {
  const asked = requests(page);

  await page.goto("/analytics?days=365");

  const main = page.getByRole("main");
  await expect(main.getByText(/^Advanced Analytics comes with /)).toBeVisible();
  await expect(main.getByRole("link", { name: "How to upgrade" })).toBeVisible();
  await expect(main.getByRole("button")).toHaveCount(0);
  await expect(main.getByRole("radio")).toHaveCount(0);
  expect(asked.to("/api/analytics/")).toEqual([]);
  expect(asked.to("/api/services/")).toEqual([]);
});

test("what needs attention opens from the first screen", async ({ ownerPage: page, scene }) => {
  const booking = await scene.bookable();
  await scene.appointment(booking);

  await page.goto("/");

  const panel = section(page, text.attention.heading);
  const first = panel.getByRole("list").first().getByRole("button").first();
  const [customer = ""] = (found(await first.locator("span").last().textContent())).split(" · ");
  await first.press("Enter");
  await expect(page.getByRole("dialog").getByText(customer).first()).toBeVisible();
});

test("a manager sees the figures, staff are told whom to ask", async ({ managerPage, pageOf, requests }) => {
  await managerPage.goto("/analytics");
  await expect(tile(section(managerPage, "Appointments"), "Appointments")).toContainText(/\d/);

  const staff = await pageOf(people.staff);
  const asked = requests(staff);
  await staff.goto("/analytics");
  await expect(staff.getByRole("heading", { level: 1, name: analytics.notForYouHeading })).toBeVisible();
  expect(asked.to("/api/analytics/")).toEqual([]);
});
