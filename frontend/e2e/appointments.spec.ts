import type { Locator, Page } from "@playwright/test";

import { expect, test } from "./kit";

const MOST_STEPS = 80;

/** Goes on with the Tab key until something has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await target.evaluateAll((found) => found.some((one) => one === document.activeElement))) return;
    await page.keyboard.press("Tab");
  }
  await expect(target, "can be reached by the Tab key").toBeFocused();
}

const inMain = (page: Page, name: string) => page.getByRole("main").getByRole("button", { name });
const dialogOf = (page: Page) => page.getByRole("dialog", { name: "New appointment" });

/** The name of a day in the dialog, such as Wednesday, November 25. */
function dayName(start: string): RegExp {
  const noon = new Date(`${start.slice(0, 10)}T12:00:00Z`);
  const words = { timeZone: "UTC", weekday: "long", month: "long", day: "numeric" } as const;
  return new RegExp(`^${noon.toLocaleDateString("en-US", words)}`);
}

test("an appointment is booked by keyboard only", async ({ scene, ownerPage: page, axe }) => {
  const { customer, service } = await scene.bookable();
  await page.goto("/appointments");
  await expect(page.getByRole("table")).toBeVisible();

  await tabTo(page, inMain(page, "New appointment"));
  await page.keyboard.press("Enter");
  const dialog = dialogOf(page);
  await expect(dialog.getByRole("combobox", { name: "Service" })).toBeFocused();
  await page.keyboard.type(service.name);
  await page.keyboard.press("Enter");
  const times = dialog.getByRole("radiogroup", { name: "When" });
  await expect(times).toBeVisible();
  await tabTo(page, times.getByRole("radio"));
  await page.keyboard.press("Space");
  await tabTo(page, dialog.getByRole("textbox", { name: "Customer" }));
  await page.keyboard.type(customer.name);
  await expect(page.getByRole("option", { name: customer.name, exact: true })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("button", { name: "Choose another customer" })).toBeFocused();
  await axe(page);
  await tabTo(page, dialog.getByRole("button", { name: "Book appointment" }));
  await page.keyboard.press("Enter");

  await expect(page.getByText(`${customer.name}: booked for`)).toBeVisible();
  await expect(dialog).toBeHidden();
  await page.goto(`/appointments?search=${encodeURIComponent(customer.name)}`);
  await expect(page.getByRole("row").filter({ hasText: service.name })).toHaveCount(1);
  await axe(page);
});

test("a new customer is added with the booking", async ({ scene, ownerPage: page, requests }) => {
  const { service } = await scene.bookable();
  const name = scene.name("Walk-in");
  await page.goto("/appointments");
  await inMain(page, "New appointment").click();
  const dialog = dialogOf(page);
  await dialog.getByRole("combobox", { name: "Service" }).fill(service.name);
  await page.keyboard.press("Enter");
  await dialog.getByRole("radiogroup", { name: "When" }).getByRole("radio").first().check();
  await dialog.getByRole("textbox", { name: "Customer" }).fill(name);
  await page.getByRole("option", { name: `New customer “${name}”` }).click();
  const asked = requests(page);

  await dialog.getByRole("textbox", { name: "Phone" }).fill("+1 212-555-0199");
  await dialog.getByRole("button", { name: "Book appointment" }).dblclick();

  await expect(page.getByText(`${name}: booked for`)).toBeVisible();
  expect(asked.all.filter((line) => line.startsWith("POST"))).toEqual([
    "POST /api/customers/",
    "POST /api/appointments/",
  ]);
});

test("a cancellation can be undone", async ({ scene, ownerPage: page, api, axe }) => {
  const { customer, resource, service } = await scene.bookable();
  const { id } = await scene.appointment({ customer, service });
  await page.goto(`/appointments?search=${encodeURIComponent(customer.name)}`);
  await page.getByRole("button", { name: customer.name }).click();
  const drawer = page.getByRole("dialog", { name: "Appointment", exact: true });
  await expect(drawer.getByText(resource.name).first()).toBeVisible();
  await axe(page);

  await drawer.getByRole("button", { name: "Cancel appointment" }).click();
  const question = page.getByRole("dialog", { name: "Cancel this appointment?" });
  await question.getByRole("textbox", { name: "Reason" }).fill("Caught a cold");
  await question.getByRole("button", { name: "Cancel appointment" }).click();
  await expect(drawer.getByText("“Caught a cold”")).toBeVisible();
  await expect(drawer.getByText("Cancelled", { exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();

  await expect(page.getByText(`${customer.name}: open again`)).toBeVisible();
  await expect(drawer.getByRole("button", { name: "Move" })).toBeVisible();
  const { data } = await api.GET("/api/appointments/{id}/", { params: { path: { id } } });
  expect(data?.status).toBe("confirmed");
});

test("a time that was taken meanwhile leads to the next free one", async ({ scene, ownerPage: page, api, axe }) => {
  const { customer, service } = await scene.bookable();
  const quick = await scene.customer();
  const slot = await scene.slot(service, { daysAhead: 3, from: "10:00" });
  await page.goto("/appointments");
  await inMain(page, "New appointment").click();
  const dialog = dialogOf(page);
  await dialog.getByRole("combobox", { name: "Service" }).fill(service.name);
  await page.keyboard.press("Enter");
  await dialog.getByRole("radio", { name: dayName(slot.start) }).check();
  await dialog.getByRole("radio", { name: "10:00 AM", exact: true }).check();
  await dialog.getByRole("textbox", { name: "Customer" }).fill(customer.name);
  await page.getByRole("option", { name: customer.name, exact: true }).click();

  await scene.appointment({ customer: quick, service }, { start_at: slot.start });
  await dialog.getByRole("button", { name: "Book appointment" }).click();

  await expect(dialog.getByText("This time is taken")).toBeVisible();
  await axe(page);
  const instead = dialog.getByRole("list", { name: "Times that are free instead" }).getByRole("button");
  await expect(instead.first()).toContainText("10:30 AM");
  await instead.first().click();

  await expect(page.getByText(new RegExp(`${customer.name}: booked for .*10:30 AM`))).toBeVisible();
  const { data } = await api.GET("/api/appointments/", { params: { query: { customer_id: customer.id } } });
  expect(data?.results.map(({ start_at }) => start_at.slice(11, 16))).toEqual(["10:30"]);
});
