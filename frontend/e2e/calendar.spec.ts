import type { Page } from "@playwright/test";

import { expect, test } from "./kit";
import type { Scene } from "./kit/scene";

/** Two people who can both take the service, somebody to serve, and a day on which all of it is free. */
async function prepare(scene: Scene) {
  const [customer, anna, ben] = await Promise.all([
    scene.customer(),
    scene.resource({ name: scene.name("Anna") }),
    scene.resource({ name: scene.name("Ben") }),
  ]);
  const service = await scene.service([anna, ben]);
  const { start } = await scene.slot(service, { daysAhead: 9, from: "10:00" });
  const date = start.slice(0, 10);
  const address = `/calendar?${new URLSearchParams([["date", date], ["resource", String(anna.id)], ["resource", String(ben.id)]]).toString()}`;
  const at = (time: string) => `${date}T${time}:00${start.slice(19)}`;
  return { customer, service, anna, ben, date, address, at };
}

/** Half an hour of somebody's day, by the time at which it begins. */
function slot(page: Page, { name }: { name: string }, time: string) {
  return page.getByRole("button", { name: new RegExp(`${name} \\d{4}-\\d{2}-\\d{2} ${time}:00 -`) });
}

function entry(page: Page, { name }: { name: string }) {
  return page.locator("[data-event-id]").filter({ hasText: name });
}

test("a booking is made, moved, taken back and moved around another one with the pointer", async ({ scene, ownerPage: page, axe }) => {
  const { customer, service, anna, ben, address, at } = await prepare(scene);
  const other = await scene.customer();
  await scene.appointment({ customer: other, service }, { start_at: at("13:00") });
  await page.goto(address);
  const taken = entry(page, other);
  await expect(taken).toBeVisible();
  const busy = (await taken.getAttribute("data-event-id"))?.endsWith(`:${anna.id}`) ? anna : ben;

  await slot(page, busy, "10:00").hover();
  await page.mouse.down();
  await slot(page, busy, "11:00").hover();
  await page.mouse.up();
  await page.getByRole("menuitem", { name: "Book an appointment" }).click();
  await book(page, service.name, customer.name);
  const booked = entry(page, customer);
  await expect(booked).toContainText("10:00");
  await axe(page, "main");

  await booked.dragTo(slot(page, busy, "11:30"), { targetPosition: { x: 4, y: 30 } });
  await expect(page.getByText(`${customer.name}: moved`, { exact: true })).toBeVisible();
  await expect(booked).toContainText("11:30");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(`${customer.name}: moved back`)).toBeVisible();
  await expect(booked).toContainText("10:00");

  await booked.dragTo(taken, { targetPosition: { x: 8, y: 30 }, force: true });
  const dialog = page.getByRole("dialog", { name: "This time is taken" });
  await expect(dialog).toBeVisible();
  await expect(booked).toContainText("10:00");
  await dialog.getByRole("list").getByRole("button").first().click();
  await expect(dialog).toBeHidden();
  await expect(booked).not.toContainText("10:00");
});

test("the same by keyboard alone", async ({ scene, ownerPage: page }) => {
  const { customer, service, address, at } = await prepare(scene);
  const other = await scene.customer();
  await scene.appointment({ customer: other, service }, { start_at: at("11:00") });
  await page.goto(address);
  const taken = entry(page, other);
  await expect(taken).toBeVisible();
  const isFirstRow = (await taken.getAttribute("data-event-id"))?.endsWith(`:${await firstRow(page)}`);
  const keys = page.keyboard;

  // The grid is one stop of the Tab key; arrows lead through it.
  await page.locator("[data-drag-slot-index='0']").first().focus();
  if (!isFirstRow) await keys.press("ArrowDown");
  for (let half = 0; half < 20; half += 1) await keys.press("ArrowRight");
  await expect(page.locator(":focus")).toHaveAccessibleName(/ 10:00:00 - /);
  await keys.press("Enter");
  await book(page, service.name, customer.name, true);
  const booked = entry(page, customer);
  await expect(booked).toContainText("10:00");

  await booked.focus();
  await keys.press("Shift+ArrowLeft");
  await keys.press("ArrowLeft");
  await expect(page.getByRole("status").filter({ hasText: customer.name })).toContainText("9:30");
  await keys.press("Enter");
  await expect(booked).toContainText("9:30");
  await page.getByRole("button", { name: "Undo" }).focus();
  await keys.press("Enter");
  await expect(booked).toContainText("10:00");

  await booked.focus();
  await keys.press("Shift+ArrowRight");
  for (let quarter = 1; quarter < 4; quarter += 1) await keys.press("ArrowRight");
  await keys.press("Enter");
  const dialog = page.getByRole("dialog", { name: "This time is taken" });
  await expect(dialog).toBeVisible();
  await dialog.getByRole("list").getByRole("button").first().focus();
  await keys.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(booked).not.toContainText("10:00");
});

test("time is blocked and given back", async ({ scene, ownerPage: page }) => {
  const { anna, address } = await prepare(scene);
  await page.goto(address);
  await slot(page, anna, "15:00").hover();
  await page.mouse.down();
  await slot(page, anna, "16:00").hover();
  await page.mouse.up();
  await page.getByRole("menuitem", { name: "Block this time" }).click();
  const dialog = page.getByRole("dialog", { name: "Block time" });
  await dialog.getByLabel("Reason").fill("Training");
  await dialog.getByRole("button", { name: "Block time" }).click();

  const blocked = page.getByRole("button", { name: "Training" });
  await blocked.click();
  await page.getByRole("dialog", { name: "Time off" }).getByRole("button", { name: "Remove" }).click();
  await expect(blocked).toBeHidden();
});

test("a day on paper has everybody's appointments and telephone numbers", async ({ scene, ownerPage: page }) => {
  const { service, date, at } = await prepare(scene);
  const customer = await scene.customer({ phone: "+1 212-555-0199" });
  await scene.appointment({ customer, service }, { start_at: at("10:00"), notes: "Allergic to lavender" });
  await page.goto(`/calendar/day-sheet?date=${date}`);
  await page.emulateMedia({ media: "print" });

  const row = page.getByRole("row").filter({ hasText: customer.name });
  await expect(row).toContainText("+1 212-555-0199");
  await expect(row).toContainText("Allergic to lavender");
  await expect(page.getByRole("navigation")).toHaveCount(0);
  expect((await page.pdf({ format: "A4" })).byteLength).toBeGreaterThan(10_000);
});

/** Fills the booking dialog that a free time opened, and sends it. */
async function book(page: Page, service: string, customer: string, isByKeyboard = false) {
  const dialog = page.getByRole("dialog", { name: "New appointment" });
  const choose = async (field: string, name: string) => {
    await dialog.getByRole("combobox", { name: field }).or(dialog.getByLabel(field)).first().fill(name);
    // A new customer of that name is offered too; that option begins otherwise.
    const option = page.getByRole("option", { name: new RegExp(`^${name}`) });
    await expect(option).toBeVisible();
    if (!isByKeyboard) return option.click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
  };
  await choose("Service", service);
  await choose("Customer", customer);
  const submit = dialog.getByRole("button", { name: "Book appointment" });
  if (!isByKeyboard) await submit.click();
  else await submit.press("Enter");
  await expect(dialog).toBeHidden();
}

/** The id of the resource in the first row. */
async function firstRow(page: Page): Promise<string | null> {
  return page.locator("[data-drag-slot-group]").first().getAttribute("data-drag-slot-group");
}
