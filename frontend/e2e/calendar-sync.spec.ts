import type { Page } from "@playwright/test";

import { addressOf, expect, found, test } from "./kit";
import { axe } from "./kit/axe";
import { fetchLoopback } from "./kit/loopback";
import { ACCOUNT, caldavPort, foreignEvent, icsTime, movedTo, Radicale } from "./kit/radicale";
import type { Scene } from "./kit/scene";

const SCREEN = "/settings/calendar-sync";
const MINUTE_MS = 60_000;
/** A visit is made by the worker, which may have other work. */
const VISITED = { timeout: 60_000, intervals: [1_000, 2_000, 4_000] };

const later = (instant: Date, minutes: number) => new Date(instant.getTime() + minutes * MINUTE_MS);

async function axeInBoth(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page);
  }
}

/** Somebody to be booked, and three free times of a day that lies ahead. */
async function prepare(scene: Scene) {
  const booking = await scene.bookable();
  const { start } = await scene.slot(booking.service, { daysAhead: 8, from: "10:00" });
  const at = (time: string) => new Date(`${start.slice(0, 10)}T${time}:00${start.slice(19)}`);
  return { ...booking, date: start.slice(0, 10), at };
}

test.describe("a connected calendar", () => {
  test.skip(() => caldavPort() === undefined, "the product is not ours: it would not speak with a server here");
  test.setTimeout(300_000);
  let radicale: Radicale;
  test.beforeAll(async () => {
    radicale = await Radicale.start(found(caldavPort()));
  });
  test.afterAll(() => radicale.stop());

  test("blocks time, is written to, and contradicts until somebody decides", async ({ scene, api, ownerPage: page }) => {
    const { customer, resource, service, date, at } = await prepare(scene);
    const work = await radicale.makeCalendar("Work");
    await radicale.makeCalendar("Family");
    const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: ACCOUNT.username }) });
    const inbox = page.getByRole("region", { name: "To decide" });
    const sync = async () => {
      if (new URL(page.url()).pathname !== SCREEN) await page.goto(SCREEN);
      await card.getByRole("button", { name: `Sync ${ACCOUNT.username} now` }).click();
    };
    const ours = async () => (await radicale.entries(work, customer.name)).at(0);

    await test.step("it is connected, and its calendars are chosen", async () => {
      await page.goto(SCREEN);
      await connect(page, radicale.url, resource.name);
      const dialog = page.getByRole("dialog", { name: "Choose its calendars" });
      await dialog.getByRole("switch", { name: "Read busy time of Family" }).setChecked(false);
      await dialog.getByRole("switch", { name: "Read busy time of Work" }).setChecked(true);
      await dialog.getByRole("radio", { name: "Work" }).check();
      await axeInBoth(page);
      await dialog.getByRole("button", { name: "Done" }).click();
      await expect(card).toContainText("Reads Work. Writes to Work.");
      await expect(card).toContainText(`${resource.name}’s time`);
      await expect(card.getByText("Up to date")).toBeVisible();
      await axeInBoth(page);
    });

    await test.step("somebody else’s event blocks its time", async () => {
      await radicale.put(`${work}dentist.ics`, foreignEvent("dentist", at("10:00"), at("11:00")));
      await expect(async () => {
        await sync();
        const starts = (await scene.slots(service, 8)).map(({ start }) => Date.parse(start));
        expect(starts).not.toContain(at("10:30").getTime());
        expect(starts).toContain(at("11:00").getTime());
      }).toPass(VISITED);
      await expect(scene.appointment({ customer, service }, { start_at: at("10:00").toISOString() })).rejects.toThrow(
        /: (400|409) /,
      );
      await page.goto(`/calendar?date=${date}&resource=${resource.id}`);
      await expect(page.getByText("Busy · Work")).toBeVisible();
      await expect(page.getByText("Dentist")).toHaveCount(0);
    });

    await test.step("an appointment appears in it", async () => {
      const booked = await scene.appointment({ customer, service }, { start_at: at("14:00").toISOString() });
      await expect(async () => {
        const { body } = found(await ours());
        expect(body).toContain(`DTSTART:${icsTime(at("14:00"))}`);
        expect(body).toContain(`SUMMARY:${service.name} · ${customer.name}`);
      }).toPass(VISITED);
      await page.goto(`/appointments?search=${encodeURIComponent(customer.name)}`);
      await page.getByRole("table").getByText(customer.name).click();
      await expect(page.getByRole("dialog").getByText("Work: up to date")).toBeVisible();
      expect(booked.status).toBe("confirmed");
    });

    const startOf = async () => {
      const { data } = await api.GET("/api/appointments/", { params: { query: { search: customer.name } } });
      return new Date(found(data?.results[0]).start_at);
    };
    const moveThere = async (to: Date) => {
      const entry = found(await ours());
      await radicale.put(entry.href, movedTo(entry.body, to, later(to, 30)), entry.etag);
      const moved = inbox.getByRole("listitem").filter({ hasText: `${customer.name}’s entry was moved` });
      await expect(async () => {
        await sync();
        await expect(moved).toBeVisible({ timeout: 4_000 });
      }).toPass(VISITED);
      return moved;
    };

    await test.step("moved there, the appointment follows if somebody says so", async () => {
      const moved = await moveThere(at("16:00"));
      await axeInBoth(page);
      await moved.getByRole("button", { name: /^Move the appointment there/ }).click();
      await expect(page.getByText(`${customer.name}’s appointment is moved`)).toBeVisible();
      await expect(moved).toHaveCount(0);
      expect(await startOf()).toEqual(at("16:00"));
    });

    await test.step("where it cannot follow it is said why, and the entry is put back", async () => {
      const moved = await moveThere(at("10:00"));
      await moved.getByRole("button", { name: /^Move the appointment there/ }).click();
      await expect(moved.getByRole("alert")).toBeVisible();
      await moved.getByRole("button", { name: /^Put the entry back/ }).click();
      await expect(async () => {
        expect(found(await ours()).body).toContain(`DTSTART:${icsTime(at("16:00"))}`);
      }).toPass(VISITED);
      await expect(moved).toHaveCount(0);
      expect(await startOf()).toEqual(at("16:00"));
    });

    const contradict = async (uid: string) => {
      await radicale.put(`${work}${uid}.ics`, foreignEvent(uid, at("16:00"), at("17:00")));
      const overlap = inbox.getByRole("listitem").filter({ hasText: `${customer.name} is booked with ${resource.name}` });
      await expect(async () => {
        await sync();
        await expect(overlap).toBeVisible({ timeout: 4_000 });
      }).toPass(VISITED);
      return overlap;
    };

    await test.step("an appointment in busy time is kept", async () => {
      const overlap = await contradict("first");
      await expect(overlap).toContainText("Work is busy");
      await page.goto("/");
      await expect(page.getByText("1 appointment contradicts a calendar")).toBeVisible();
      await page.getByRole("main").getByRole("link", { name: "Calendar sync" }).click();
      await overlap.getByRole("button", { name: /^Keep it/ }).click();
      await expect(overlap).toHaveCount(0);
      await expect(inbox).toContainText("Nothing to decide");
    });

    await test.step("another one is cancelled, and vanishes from the calendar", async () => {
      const overlap = await contradict("second");
      await overlap.getByRole("button", { name: /^Cancel it/ }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Cancel appointment" }).click();
      await expect(overlap).toHaveCount(0);
      await expect(async () => {
        expect(await ours()).toBeUndefined();
      }).toPass(VISITED);
    });

    await test.step("disconnected, it blocks nothing any more", async () => {
      await card.getByRole("button", { name: `More for ${ACCOUNT.username}` }).click();
      await page.getByRole("menuitem", { name: "Disconnect" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
      await expect(card).toHaveCount(0);
      const starts = (await scene.slots(service, 8)).map(({ start }) => Date.parse(start));
      expect(starts).toContain(at("10:30").getTime());
    });
  });
});

/** Goes through the dialog that connects an account; a wrong password is told at its field first. */
async function connect(page: Page, url: string, whose: string) {
  await page.getByRole("button", { name: "Connect a calendar" }).click();
  const kinds = page.getByRole("dialog", { name: "Connect a calendar" });
  await expect(kinds.getByRole("button", { name: /^Google Calendar/ })).toBeVisible();
  await axeInBoth(page);
  await kinds.getByRole("button", { name: /^Other server/ }).click();
  const dialog = page.getByRole("dialog", { name: "Connect a CalDAV server" });
  await dialog.getByRole("combobox", { name: "Whose time is it?" }).click();
  await page.getByRole("option", { name: whose }).click();
  await dialog.getByRole("textbox", { name: "Server" }).fill(url);
  await dialog.getByRole("textbox", { name: "User name" }).fill(ACCOUNT.username);
  const password = dialog.getByRole("textbox", { name: "Password" });
  await password.fill("wrong");
  const submit = dialog.getByRole("button", { name: "Connect", exact: true });
  await submit.click();
  await expect(password).toHaveAccessibleDescription(/Check the user name and the password/);
  await axeInBoth(page);
  await password.fill(ACCOUNT.password);
  await submit.click();
}

/** Reads a subscription as a calendar program does. */
async function read(address: string): Promise<{ status: number; body: string }> {
  const answer = await fetchLoopback(new Request(address));
  return { status: answer.status, body: await answer.text() };
}

test("a subscription is made, read, given another address, and taken away", async ({ scene, ownerPage: page }) => {
  const { customer, resource, service, at } = await prepare(scene);
  await scene.appointment({ customer, service }, { start_at: at("14:00").toISOString() });
  const row = page.getByRole("listitem").filter({ hasText: `Appointments of ${resource.name}` });
  await page.goto(SCREEN);
  await page.getByRole("button", { name: "New subscription" }).click();
  const form = page.getByRole("dialog", { name: "New subscription" });
  await form.getByRole("combobox", { name: "Whose appointments?" }).click();
  await page.getByRole("option", { name: resource.name }).click();
  await form.getByRole("radio", { name: "Everything" }).check();
  await form.getByRole("button", { name: "Make address" }).click();

  const secret = page.getByRole("dialog", { name: "Copy the address now" });
  const address = await secret.getByRole("textbox", { name: "Secret address" }).inputValue();
  expect(address.startsWith(addressOf("demo"))).toBe(true);
  await expect(secret.getByRole("link", { name: "Open in a calendar program" })).toHaveAttribute("href", /^webcals?:/);
  await axeInBoth(page);
  await secret.getByRole("button", { name: "Copy address" }).click();
  await secret.getByRole("button", { name: "Done" }).click();
  await expect(row).toContainText("Not read yet");
  const first = await read(address);
  expect(first.status).toBe(200);
  expect(first.body.replace(/\r\n[ \t]/g, "")).toContain(customer.name);
  await page.reload();
  await expect(row).toContainText("Read just now");
  expect(await page.content()).not.toContain(address);

  await row.getByRole("button", { name: /^New address for/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make new address" }).click();
  const renewed = await secret.getByRole("textbox", { name: "Secret address" }).inputValue();
  await secret.getByRole("button", { name: "Copy address" }).click();
  await secret.getByRole("button", { name: "Done" }).click();
  expect(await read(address)).toMatchObject({ status: 404 });
  expect(await read(renewed)).toMatchObject({ status: 200 });

  await row.getByRole("button", { name: /^Delete/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(row).toHaveCount(0);
  expect(await read(renewed)).toMatchObject({ status: 404 });
});

test("what went wrong on a consent page is said in words, once", async ({ ownerPage: page }) => {
  await page.goto(`${SCREEN}?error=access_denied`);

  await expect(page.getByRole("alert")).toContainText("You did not allow access");
  await expect(page).toHaveURL(new RegExp(`${SCREEN}$`));
  await axeInBoth(page);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});
