import type { Page } from "@playwright/test";

import { addressOf, expect, hostOf, PASSWORD, people, test } from "./kit";

const palette = (page: Page) => page.getByRole("combobox", { name: "Search or jump to" });

/** Presses Escape until the dialog is gone: a list that is open in it closes first. */
async function escape(page: Page, name: RegExp): Promise<void> {
  const dialog = page.getByRole("dialog", { name });
  await expect(dialog).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0, { timeout: 1_000 });
  }).toPass();
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeFocused();
}

test.describe("by keyboard alone", () => {
  test("the palette finds a customer, goes to a screen, and changes the colours", async ({ ownerPage, scene, axe }) => {
    const page = ownerPage;
    const customer = await scene.customer();
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

    await openPalette(page);
    await page.keyboard.type(customer.name);
    await expect(page.getByRole("option", { name: new RegExp(customer.name), selected: true })).toBeVisible();
    await axe(page);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/customers/${customer.id}$`));
    await expect(page.getByRole("heading", { level: 1, name: customer.name })).toBeVisible();

    await openPalette(page);
    await page.keyboard.type("plan & us");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/settings\/plan$/);
    await expect(page.getByRole("main")).toBeFocused();

    await openPalette(page);
    await page.keyboard.type("dark");
    await page.keyboard.press("Enter");
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  });

  test("an appointment is found by its customer and opened", async ({ ownerPage: page, scene }) => {
    const bookable = await scene.bookable();
    const { start } = await scene.slot(bookable.service, { daysAhead: 7, from: "10:00" });
    await scene.appointment(bookable, { start_at: start });
    await page.goto("/settings/profile");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

    await openPalette(page);
    await page.keyboard.type(bookable.customer.name);
    const found = page.getByRole("group", { name: "Coming appointments" }).getByRole("option");
    await expect(found).toBeVisible();
    await page.keyboard.press("ArrowUp");
    await expect(found).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");

    await expect(page.getByRole("dialog").getByText(bookable.customer.name).first()).toBeVisible();
  });

  test("shortcuts go to screens, explain themselves, and book", async ({ ownerPage: page, axe }) => {
    await page.goto("/settings/profile");
    await expect(page.getByRole("link", { name: "Customers" }).first()).toBeVisible();

    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(help.getByText("Search or jump to anything")).toBeVisible();
    await axe(page);
    await page.keyboard.press("Escape");
    await expect(help).toHaveCount(0);

    await page.keyboard.press("g");
    await page.keyboard.press("u");
    await expect(page).toHaveURL(/\/customers$/);

    await page.keyboard.press("n");
    await escape(page, /appointment/i);
  });

  test("shortcuts leave alone what is typed", async ({ ownerPage: page }) => {
    await page.goto("/settings/profile");
    const name = page.getByRole("textbox", { name: "Name" });
    const before = await name.inputValue();

    await name.focus();
    await page.keyboard.press("End");
    await page.keyboard.type("gun?");

    await expect(name).toHaveValue(`${before}gun?`);
    await expect(page).toHaveURL(/\/settings\/profile$/);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});

test("a phone has the front desk's screens below the thumb, and the others behind “More”", async ({ pageOf, axe }) => {
  const page = await pageOf(people.staff, { viewport: { width: 360, height: 800 }, hasTouch: true });
  await page.goto("/");
  const bar = page.getByRole("navigation", { name: "Quick navigation" });

  await bar.getByRole("link", { name: "Customers" }).tap();
  await expect(page).toHaveURL(/\/customers$/);
  await bar.getByRole("button", { name: "New appointment" }).tap();
  await escape(page, /appointment/i);
  await bar.getByRole("button", { name: "More" }).tap();
  await axe(page);
  await page.getByRole("dialog", { name: "Menu" }).getByRole("link", { name: "Plan & usage" }).tap();

  await expect(page).toHaveURL(/\/settings\/plan$/);
  await expect(page.getByRole("dialog", { name: "Menu" })).toHaveCount(0);
  await expect(page.getByRole("main")).toBeFocused();
});

async function signInOnPlatform(page: Page, email: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Returns the id of what the back office finds first for a field of memberships. */
async function idOf(page: Page, field: "user" | "tenant", term: string): Promise<string> {
  const search = new URLSearchParams({ app_label: "core", model_name: "membership", field_name: field, term });
  const answer = await page.evaluate(async (query) => {
    const response = await fetch(`/admin/autocomplete/?${query}`);
    return (await response.json()) as { results: { id: string }[] };
  }, search.toString());
  const [first] = answer.results;
  if (first === undefined) throw new Error(`The back office knows no ${field} ${term}`);
  return first.id;
}

/** Lets somebody into a further business, in the back office; returns the way to take it back. */
async function letInto(page: Page, email: string, business: string): Promise<() => Promise<void>> {
  await page.goto("/admin/core/membership/add/");
  const ids = { user: await idOf(page, "user", email), tenant: await idOf(page, "tenant", business) };
  for (const [field, id] of Object.entries(ids)) {
    await page.locator(`#id_${field}`).evaluate((select: HTMLSelectElement, value) => {
      select.add(new Option(value, value, true, true));
    }, id);
  }
  await page.locator("#id_role").selectOption("staff");
  await page.locator("input[name=_continue]").click();
  await page.waitForURL(/\/admin\/core\/membership\/\d+\/change\//);
  const membership = page.url();
  return async () => {
    await page.goto(membership);
    await page.locator("#id_is_active").uncheck();
    await page.locator("input[name=_save]").click();
    await page.waitForURL(/\/admin\/core\/membership\/$/);
  };
}

test.describe("the platform's address", () => {
  test("carries on to somebody's only business", async ({ pageOf, axe }) => {
    const page = await pageOf(null, { at: null });
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "Sign in to SmoothSchedule" })).toBeVisible();
    await axe(page);

    await signInOnPlatform(page, people.freeOwner.email);

    await expect(page).toHaveURL(`${addressOf("starter")}/`);
    await expect(page.getByRole("navigation", { name: "Main navigation" })).toBeVisible();
  });

  test("lets choose among several businesses", async ({ pageOf, platformAdminPage, axe }) => {
    const takeBack = await letInto(platformAdminPage, people.freeStaff.email, "Spreeufer");
    const page = await pageOf(null, { at: null });
    await signInOnPlatform(page, people.freeStaff.email);
    const businesses = page.getByRole("list", { name: "Your businesses" }).getByRole("link");
    await expect(businesses).toHaveCount(2);
    await expect(businesses.first()).toBeFocused();
    await axe(page);

    await page.keyboard.press("Tab");
    await expect(businesses.nth(1)).toContainText(hostOf("clinic"));
    await page.keyboard.press("Enter");

    await expect(page).toHaveURL(`${addressOf("clinic")}/`);
    await expect(page.getByRole("button", { name: /^Account of/ }).first()).toBeVisible();
    await takeBack();
  });

  test("a way there that is over leads to the form", async ({ pageOf, axe }) => {
    const page = await pageOf(null);
    await page.goto("/sign-in?handoff=of-yesterday&next=%2Fsettings%2Fprofile");
    await expect(page.getByText(/works once, within a minute/)).toBeVisible();
    await axe(page);

    await page.getByRole("textbox", { name: "E-mail" }).fill(people.staff.email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();

    await expect(page).toHaveURL(/\/settings\/profile$/);
  });
});
