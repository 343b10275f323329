import type { Page } from "@playwright/test";

import { addressOf, expect, people, test } from "./kit";
import { schemaOf } from "./kit/back-office";
import { fetchLoopback } from "./kit/loopback";

/** Goes to the analytics, and returns when they are shown as locked or as open. */
async function lookAtAnalytics(page: Page, state: "locked" | "open"): Promise<void> {
  await page.goto("/analytics");
  await expect(page.getByRole("navigation", { name: "Main navigation" })).toBeVisible();
  const lock = page.getByRole("main").getByText(/Advanced Analytics comes with /);
  const figures = page.getByRole("main").getByRole("heading", { level: 2 }).first();
  await expect(state === "locked" ? lock.first() : figures).toBeVisible();
  await expect(lock).toHaveCount(state === "locked" ? 1 : 0);
}

test("the first page shows how the platform fares, and the health page how the installation does", async ({
  platformAdminPage: page,
}) => {
  await page.goto("/admin/");
  const figures = page.getByRole("region", { name: "How the platform fares" });
  const number = async (name: string) => {
    const found = figures.locator("dl > div").filter({ has: page.getByText(name, { exact: true }) });
    return Number(await found.getByRole("definition").innerText());
  };
  expect(await number("Businesses")).toBeGreaterThanOrEqual(3);
  await expect(figures.getByRole("img", { name: /^Bookings per day.* [1-9]\d* bookings in all/ })).toBeVisible();
  await expect(figures.getByRole("row", { name: /^Business 1 / })).toBeVisible();
  await figures.getByRole("link", { name: "90 days" }).click();
  await expect(figures.getByText("90 days").and(page.locator("strong"))).toBeVisible();

  await figures.getByRole("link", { name: "Health" }).click();
  await expect(page.getByRole("status")).toHaveText(/Everything is well|Something deserves a look/);
  await expect(page.getByRole("region", { name: /^Database/ })).toContainText("ok");
  await expect(page.getByRole("region", { name: /^Background work/ })).toContainText("ok");
});

test.describe("a plan", () => {
  test("is changed with its consequences in sight, and its businesses notice", async ({ office, pageOf }) => {
    const plan = await office.plan();
    const { name, owner } = await office.business(plan);
    const tenant = await pageOf(owner);
    const { page } = office;
    const analytics = page.getByRole("checkbox", { name: "Advanced Analytics" });
    const json = page.getByLabel("Permissions:");
    const save = () => page.getByRole("button", { name: "Save", exact: true }).click();
    const impact = page.getByRole("row", { name: /^Advanced Analytics/ });
    const write = async (key: string, value: boolean) => {
      await office.openPlan(plan);
      await page.getByText("Edit as JSON").click();
      const terms = JSON.parse(await json.inputValue()) as Record<string, boolean>;
      await json.fill(JSON.stringify({ ...terms, [key]: value }));
    };
    await lookAtAnalytics(tenant, "locked");

    await test.step("a switch of the matrix", async () => {
      await office.openPlan(plan);
      await analytics.check();
      await save();
      await expect(page.getByRole("heading", { name: `Change ${plan} for 1 business?` })).toBeVisible();
      await expect(impact).toContainText("1 gain it");
      await expect(impact.getByRole("link", { name })).toBeVisible();
      await lookAtAnalytics(tenant, "locked");
      await page.getByRole("button", { name: "Save the plan" }).click();
      await expect(office.said(/ was changed successfully/)).toBeVisible();
      await lookAtAnalytics(tenant, "open");
    });

    await test.step("the JSON beside it", async () => {
      await write("advanced_analytics", false);
      await expect(analytics, "the matrix follows the JSON").not.toBeChecked();
      await save();
      await expect(impact).toContainText("1 lose it");
      await page.getByRole("button", { name: "Save the plan" }).click();
      await lookAtAnalytics(tenant, "locked");

      await write("advanced_analytics", true);
      await save();
      await expect(impact).toContainText("1 gain it");
      await page.getByRole("button", { name: "Save the plan" }).click();
      await lookAtAnalytics(tenant, "open");
    });

    await test.step("a key that no app declares", async () => {
      await write("advanced_analytic", true);
      await save();
      await expect(page.getByText("'advanced_analytic' is not a feature.")).toBeVisible();
      await office.openPlan(plan);
      expect(JSON.parse(await json.inputValue())).not.toHaveProperty("advanced_analytic");
    });
  });

  test("is left with its businesses when it is archived, and brought back", async ({ office }) => {
    const plan = await office.plan();
    const { page } = office;
    const offered = async () => {
      await page.goto("/admin/platform_admin/tenantbuild/add/");
      return page.getByLabel("Plan:").getByRole("option").allInnerTexts();
    };
    expect(await offered()).toContain(plan);

    await office.archive(plan, "Nobody wants it.");
    expect(await offered()).not.toContain(plan);

    await office.openPlan(plan);
    await expect(page.getByText(/^This plan is archived/)).toBeVisible();
    await page.getByRole("button", { name: "Bring back" }).click();
    await expect(office.said(`${plan} can be given again.`)).toBeVisible();
    expect(await offered()).toContain(plan);
  });
});

test.describe("a business", () => {
  test("is found by its name and by filters", async ({ office: { page } }) => {
    const listed = page.getByRole("row").filter({ has: page.locator(".field-business") });
    await page.goto("/admin/core/tenant/?q=spreeufer");
    await expect(listed).toHaveCount(1);
    await expect(listed).toContainText("Spreeufer Physiotherapie");
    await expect(listed).toContainText("active");

    await page.goto("/admin/core/tenant/?status=active");
    const plans = page.locator("#changelist-filter details").filter({ hasText: "By plan" });
    await plans.getByRole("link", { name: "Free", exact: true }).click();
    await expect(listed.filter({ hasText: "Bright Lane Barbers" })).toHaveCount(1);
    await expect(listed.filter({ hasText: "Spreeufer" })).toHaveCount(0);
    await page.getByRole("link", { name: "At a limit or near it" }).click();
    await expect(listed.filter({ hasText: "Bright Lane Barbers" })).toContainText(/near|reached|over/);
  });

  test("has a feature apart from its plan, for a reason and a time", async ({ office, pageOf }) => {
    const { name, owner } = await office.business();
    const { page } = office;
    const tenant = await pageOf(owner);
    const line = page.getByRole("row", { name: /^Advanced Analytics/ });
    await lookAtAnalytics(tenant, "locked");
    await office.openBusiness(name);
    await expect(line).toContainText(/no \(default\)/);
    await expect(line).toContainText(/no override on the tenant · .* · in the plan Professional/);

    await page.getByLabel("Advanced Analytics", { exact: true }).selectOption("yes");
    await page.getByRole("button", { name: "Save and continue editing" }).click();
    await expect(line).toContainText("Say why.");
    await page.getByLabel("Advanced Analytics: reason").fill("A trial until they decide.");
    await page.getByLabel("Advanced Analytics: until").fill("2020-01-31T00:00:00");
    await page.getByRole("button", { name: "Save and continue editing" }).click();
    await expect(line).toContainText("That time has passed already.");
    await page.getByLabel("Advanced Analytics: until").fill("2090-01-31T00:00:00");
    await office.save();
    await expect(line).toContainText(/yes \(override\)/);
    await expect(line.getByLabel("Advanced Analytics: reason")).toHaveValue("A trial until they decide.");
    await lookAtAnalytics(tenant, "open");

    await page.getByLabel("Advanced Analytics", { exact: true }).selectOption("as in the plan");
    await office.save();
    await lookAtAnalytics(tenant, "locked");
  });

  test("is put on a lesser plan after what it would lose was shown", async ({ office, pageOf }) => {
    const { name, owner } = await office.business("Professional");
    const { page } = office;
    const tenant = await pageOf(owner);
    await lookAtAnalytics(tenant, "open");
    await office.openBusiness(name);
    await page.getByRole("link", { name: "Change plan" }).click();
    await page.getByLabel("Plan:").selectOption("Free");
    await page.getByRole("button", { name: "Show what changes" }).click();
    await expect(page.getByRole("heading", { name: "From Professional to Free" })).toBeVisible();
    await expect(page.getByRole("definition").filter({ hasText: "Advanced Analytics" })).toBeVisible();
    await lookAtAnalytics(tenant, "open");

    await page.getByRole("button", { name: "Put it on Free" }).click();

    await expect(office.said(`${name} is now on the plan Free.`)).toBeVisible();
    await lookAtAnalytics(tenant, "locked");
  });

  test("cannot add anything while it is suspended", async ({ office, pageOf }) => {
    const { name, owner } = await office.business("Professional");
    const { page } = office;
    const tenant = await pageOf(owner);
    const decide = async (verb: string, reason: string) => {
      await office.openBusiness(name);
      await page.getByRole("link", { name: verb, exact: true }).click();
      await page.getByLabel(/^Reason/).fill(reason);
      await page.getByRole("button", { name: verb }).click();
    };

    await decide("Suspend", "Three invoices are open.");
    await expect(office.said(`${name} is suspended.`)).toBeVisible();
    await expect(page.getByRole("definition").filter({ hasText: "Three invoices are open." })).toContainText("suspended");
    await tenant.goto("/resources");
    await expect(tenant.getByText(/^Your subscription is suspended/)).toBeVisible();
    await tenant.getByRole("button", { name: "Add resource" }).first().press("Enter");
    await expect(tenant.getByText("Resources is paused.").first()).toBeVisible();
    await expect(tenant.getByRole("textbox", { name: "Name" })).toHaveCount(0);

    await decide("Resume", "All is paid.");
    await expect(office.said(`${name} is active again.`)).toBeVisible();
    await tenant.reload();
    await tenant.getByRole("button", { name: "Add resource" }).first().click();
    await expect(tenant.getByRole("textbox", { name: "Name" })).toBeVisible();
    await expect(tenant.getByText(/^Your subscription is suspended/)).toHaveCount(0);
  });

  test("is built in the background, and deleted once its name was typed", async ({ office, pageOf, sessionOf }) => {
    const business = await office.order();
    const { name, subdomain, owner } = business;
    const { page } = office;
    await expect(page.getByRole("listitem").filter({ hasText: "Make its tables" })).toBeVisible();
    await expect(page.getByText(`${name} is ready.`)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole("listitem").filter({ hasText: "Ready" })).toContainText("(done)");
    await expect(page.getByRole("link", { name: addressOf(subdomain) })).toBeVisible();
    const tenant = await pageOf(owner);
    await tenant.goto("/customers");
    await expect(tenant.getByRole("button", { name: "New customer" }).first()).toBeVisible();

    await office.askToDelete(name, "It was a test.");
    await office.confirmDeletion("demo");
    await expect(page.getByText("Please correct what is marked below.")).toBeVisible();
    await office.confirmDeletion(schemaOf(subdomain));
    await expect(page.getByRole("status")).toContainText(`${name} is gone`, { timeout: 60_000 });
    office.forget(business);

    await page.goto(`/admin/core/tenant/?${new URLSearchParams({ q: name }).toString()}`);
    await expect(page.getByText("0 tenants", { exact: true })).toBeVisible();
    expect((await fetchLoopback(new Request(addressOf(subdomain)))).status).toBe(404);
    const { api } = await sessionOf(people.clinicOwner);
    expect((await api.GET("/api/session/")).data?.user?.email, "its owner's account is kept").toBe(owner.email);
  });
});
