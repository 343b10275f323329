import type { Page } from "@playwright/test";

import type { NavEntry } from "@/api/shapes";
import { screens } from "@/app/screens";

import { expect, found, people, test } from "./kit";
import type { RequestLog } from "./kit/request-log";
import type { Session } from "./kit/session";

/** What every screen asks, and what an upgrade prompt may ask to name a plan. */
const HARMLESS = ["/api/session/", "/api/entitlements/", "/api/plans/", "/api/plan-requests/"];

/** The screens that somebody's navigation shows locked, as far as this build has them. */
async function lockedScreens({ api }: Session): Promise<NavEntry[]> {
  const { data } = await api.GET("/api/entitlements/");
  const shown = found(data).nav.filter(({ path }) => screens.some((screen) => screen.path === path));
  return shown.filter(({ locked }) => locked);
}

function askedForData(asked: RequestLog): string[] {
  return asked.all.filter((line) => !HARMLESS.some((path) => line.endsWith(` ${path}`)));
}

async function open(page: Page, { path, label }: NavEntry): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("navigation", { name: "Main navigation" })).toBeVisible();
  await expect(page.getByRole("link", { name: new RegExp(`^${label}\\s*\\(not in your plan\\)`) })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

test.describe("on the free plan", () => {
  test("an owner is shown the way on every locked screen, and nothing is asked for", async ({
    freeOwnerPage: page,
    sessionOf,
    requests,
    axe,
  }) => {
    const asked = requests(page);
    const locked = await lockedScreens(await sessionOf(people.freeOwner));
    expect(locked.map(({ path }) => path)).toContain("/analytics");
    for (const entry of locked) {
      await test.step(entry.path, async () => {
        asked.forget();

        await open(page, entry);

        const main = page.getByRole("main");
        await expect(main.getByText(/ comes with /).first()).toBeVisible();
        await axe(page);
        expect(askedForData(asked)).toEqual([]);
        await main.getByRole("link", { name: "How to upgrade" }).first().click();
        await expect(page).toHaveURL(/\/settings\/plan\?feature=/);
      });
    }
  });

  test("staff are told whom to ask, on every locked screen they have", async ({
    freeStaffPage: page,
    sessionOf,
    requests,
  }) => {
    const asked = requests(page);
    for (const entry of await lockedScreens(await sessionOf(people.freeStaff))) {
      await test.step(entry.path, async () => {
        asked.forget();

        await open(page, entry);

        const main = page.getByRole("main");
        await expect(main.getByText("Ask an owner of Bright Lane Barbers to upgrade.").first()).toBeVisible();
        await expect(main.getByRole("link", { name: "How to upgrade" })).toHaveCount(0);
        expect(askedForData(asked)).toEqual([]);
      });
    }
  });

  test("today shows the agenda, and of the figures only what they need", async ({ freeOwnerPage: page, requests }) => {
    const asked = requests(page);

    await page.goto("/");

    const main = page.getByRole("main");
    await expect(main.getByText(/Advanced Analytics comes with /).first()).toBeVisible();
    await expect.poll(() => asked.to("/api/appointments/")).not.toEqual([]);
    expect(asked.to("/api/analytics/")).toEqual([]);
  });
});

test.describe("when the back office changes the plan", () => {
  const clinic = "Spreeufer Physiotherapie";
  const lock = (page: Page) => page.getByRole("link", { name: /^Analytics\s*\(not in your plan\)/ });

  // The clinic's plan is changed here and nowhere else.
  test.afterEach(({ office }) => office.putOnPlan(clinic, "Business"));

  test("locks open and close without a reload", async ({ pageOf, office, requests }) => {
    const page = await pageOf(people.clinicOwner);
    await page.clock.install();
    const asked = requests(page);
    await office.putOnPlan(clinic, "Free");
    await page.goto("/analytics");
    await expect(page.getByRole("main").getByText(/Advanced Analytics comes with /).first()).toBeVisible();
    expect(asked.to("/api/analytics/")).toEqual([]);
    const loaded = await page.evaluate(() => performance.timeOrigin);

    await test.step("at the next screen", async () => {
      await office.putOnPlan(clinic, "Professional");
      await page.getByRole("link", { name: "Today" }).click();
      await expect(lock(page)).toHaveCount(0);
      await page.getByRole("link", { name: "Analytics", exact: true }).click();
      await expect.poll(() => asked.to("/api/analytics/")).not.toEqual([]);
      await expect(page.getByRole("main").getByText(/ comes with /)).toHaveCount(0);
    });

    await test.step("when the window is looked at again", async () => {
      await office.putOnPlan(clinic, "Free");
      await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
      await expect(lock(page)).toBeVisible();
      await expect(page.getByRole("main").getByText(/Advanced Analytics comes with /).first()).toBeVisible();
    });

    await test.step("within a minute of itself", async () => {
      await office.putOnPlan(clinic, "Business");
      await page.clock.fastForward("01:01");
      await expect(lock(page)).toHaveCount(0);
      await expect(page.getByRole("main").getByText(/ comes with /)).toHaveCount(0);
    });

    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded);
  });
});
