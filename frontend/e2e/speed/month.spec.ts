import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { expect, found, people, test } from "../kit";
import { Scene } from "../kit/scene";
import type { Api } from "../kit/session";
import { type Durations, median, observeInteractions, slowestInteraction } from "./interactions";

const APPOINTMENTS = 2_000;
const DAYS = 28;
const AT_ONCE = 6;
const ROUNDS = 7;
const REPORT = join(import.meta.dirname, "../../../docs/performance-dashboard.md");

/** Fills the first 28 days of next month; returns its first date. */
async function fillNextMonth(api: Api): Promise<string> {
  const scene = new Scene(api);
  const today = await scene.date();
  const first = new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)), 1)).toISOString().slice(0, 10);
  const resource = await scene.resource({ max_concurrent_events: AT_ONCE });
  const service = await scene.service([resource]);
  const customers = await Promise.all(Array.from({ length: 20 }, () => scene.customer()));
  let booked = 0;
  const lane = async () => {
    while (booked < APPOINTMENTS) {
      const number = booked++;
      await scene.appointment(
        { service, customer: found(customers[number % customers.length]) },
        { start_at: `${first.slice(0, 8)}${two(1 + (number % DAYS))}T${clock(Math.floor(number / DAYS) % 48)}`, allow_outside_hours: true },
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return first;
}

const two = (value: number) => String(value).padStart(2, "0");
const clock = (halfHour: number) => `${two(Math.floor(halfHour / 2))}:${halfHour % 2 ? "30" : "00"}:00`;

/** How many appointments the month shows: those drawn, and those that "12 more" stands for. */
async function shown(page: Page): Promise<number> {
  const drawn = await page.locator("button[data-status]").count();
  const more = await page.locator("button[data-more]").allTextContents();
  return more.reduce((sum, label) => sum + Number(/\d+/.exec(label)?.[0]), drawn);
}

test("a month of 2,000 appointments", async ({ pageOf, sessionOf }) => {
  const { api } = await sessionOf(people.clinicOwner);
  const first = await fillNextMonth(api);
  const page = await pageOf(people.clinicOwner);
  await observeInteractions(page);
  const durations: Durations = new Map();
  const measure = async (what: string, act: () => Promise<unknown>) => {
    await slowestInteraction(page);
    await act();
    durations.set(what, [...(durations.get(what) ?? []), await slowestInteraction(page)]);
  };
  const heading = page.getByRole("heading", { level: 1 });

  await page.goto(`/calendar?view=month&date=${first}`);
  await expect.poll(() => shown(page)).toBeGreaterThanOrEqual(APPOINTMENTS);
  const month = found(await heading.textContent());
  const all = await shown(page);

  for (let round = 0; round < ROUNDS; round += 1) {
    await measure("turn to another month", async () => {
      await page.keyboard.press("ArrowRight");
      await expect(heading).not.toHaveText(month);
    });
    await measure("turn back to the full month", async () => {
      await page.keyboard.press("ArrowLeft");
      await expect(heading).toHaveText(month);
    });
    await expect.poll(() => shown(page)).toBe(all);
    await measure("open an appointment", async () => {
      await page.locator("button[data-status]").nth(round * 5).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    });
    await measure("close it", async () => {
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    });
    await measure("look at all of a day", async () => {
      await page.locator("button[data-more]").nth(round).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    });
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await measure("change to a week of 500", async () => {
      await page.keyboard.press("w");
      await expect(heading).not.toHaveText(month);
    });
    await measure("change to the month", async () => {
      await page.keyboard.press("m");
      await expect(heading).toHaveText(month);
    });
    await expect.poll(() => shown(page)).toBe(all);
  }

  await writeFile(REPORT, report(durations, page.context().browser()?.version() ?? ""));
});

function report(durations: Durations, version: string): string {
  const rows = [...durations].map(([what, values]) => `| ${what} | ${median(values)} | ${Math.max(...values)} |`);
  return [
    "# How quickly the calendar answers",
    "",
    `A month with ${APPOINTMENTS.toLocaleString("en")} appointments, drawn by Chromium ${version} on a machine of ${cpus().length} cores that also ran the`,
    "server and its database. Each interaction was done " + `${ROUNDS} times; the figures are the time from the input to the next paint`,
    "(interaction to next paint, from the browser's own event timing, which counts in steps of 8 ms), in milliseconds.",
    "The aim is 100. `npm run speed` in `frontend/` measures anew.",
    "",
    "| interaction | median | worst |",
    "|---|---:|---:|",
    ...rows,
    "",
  ].join("\n");
}
