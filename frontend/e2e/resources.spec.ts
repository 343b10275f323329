import type { Page } from "@playwright/test";

import type { QuotaEntry } from "@/api/shapes";

import { axe, expect, found, people, test } from "./kit";
import type { Service } from "./kit/scene";
import type { Api } from "./kit/session";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** The starts the API offers of a service on one date, as wall-clock times of the business. */
async function startsOn(api: Api, service: Service, date: string): Promise<string[]> {
  const query = { service_id: service.id, from: date, to: date };
  const { data } = await api.GET("/api/schedule/availability/", { params: { query } });
  return found(data).days.flatMap(({ slots }) => slots.map(({ start }) => start.slice(11, 16)));
}

const weekdayOf = (date: string) => found(WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7]);

async function type(page: Page, field: string, time: string): Promise<void> {
  const input = page.getByRole("combobox", { name: field });
  await input.fill(time);
  await input.press("Tab");
  await expect(input).not.toHaveValue(time);
}

test("a resource is added, edited and deleted", async ({ ownerPage: page, scene }) => {
  const name = scene.name("Chair");
  await page.goto("/resources");
  await page.getByRole("button", { name: "Add resource" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Equipment" }).press("Space");
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("textbox", { name: "Appointments at a time" }).fill("0");
  await dialog.getByRole("button", { name: "Add resource" }).click();
  await expect(dialog.getByText("Use a whole number from 1 to 1,000.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Appointments at a time" }).fill("4");
  await dialog.getByRole("button", { name: "Add resource" }).click();

  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText("4 appointments at a time")).toBeVisible();
  await axe(page);

  await page.getByRole("button", { name: "Edit" }).click();
  await dialog.getByRole("textbox", { name: "Name" }).fill(`${name} by the window`);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${name} by the window` })).toBeVisible();

  await page.getByRole("button", { name: /^More for/ }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/resources$/);
  await page.getByRole("searchbox", { name: "Search resources" }).fill(name);
  await expect(page.getByText("No resource fits")).toBeVisible();
});

test("own hours decide what is free", async ({ ownerPage: page, scene, api }) => {
  const resource = await scene.resource();
  const service = await scene.service([resource]);
  const date = await scene.date(7);
  const day = weekdayOf(date);
  expect(await startsOn(api, service, date)).toHaveLength(48);
  await page.goto(`/resources/${resource.id}`);

  await test.step("two intervals, typed as people type times", async () => {
    await type(page, `${day}, opens`, "9");
    await type(page, `${day}, closes`, "10.30");
    await page.getByRole("button", { name: `Add hours on ${day}` }).click();
    await type(page, `${day}, second opens`, "10");
    await expect(page.getByText("It overlaps other hours of this day.").first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Save hours" })).toBeDisabled();
    await type(page, `${day}, second opens`, "11pm");
    await type(page, `${day}, second closes`, "midnight ");
    await page.getByRole("button", { name: "Save hours" }).click();
    await expect(page.getByText("Hours saved")).toBeVisible();
    expect(await startsOn(api, service, date)).toEqual(["09:00", "09:30", "10:00", "23:00", "23:30"]);
  });

  await test.step("a day off, and its end", async () => {
    await api.POST("/api/schedule/time-off/", {
      body: { resource: resource.id, start_at: `${date}T00:00:00`, end_at: `${date}T23:59:00`, reason: "Training" },
    });
    await page.reload();
    await expect(page.getByText(/Training/)).toBeVisible();
    expect(await startsOn(api, service, date)).toEqual([]);
    await page.getByRole("button", { name: /^Remove / }).last().click();
    await expect(page.getByText(/^Removed: /)).toBeVisible();
    expect(await startsOn(api, service, date)).toHaveLength(5);
  });

  await test.step("the business's hours again", async () => {
    await page.getByRole("radio", { name: "Opening hours" }).press("Space");
    await page.getByRole("button", { name: "Save hours" }).click();
    await expect(page.getByText("Works whenever the business is open.")).toBeVisible();
    await expect.poll(() => startsOn(api, service, date)).not.toContain("23:00");
  });
});

test("switching off what has appointments asks what to do about them", async ({ ownerPage: page, scene }) => {
  const booking = await scene.bookable();
  await scene.appointment(booking);
  await page.goto(`/resources/${booking.resource.id}`);
  const choose = async (item: string) => {
    await page.getByRole("button", { name: /^More for/ }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  const dialog = page.getByRole("dialog");

  await choose("Delete");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(dialog.getByText(`${booking.resource.name} has appointments`)).toBeVisible();
  await dialog.getByRole("button", { name: "Switch off" }).click();
  await expect(dialog.getByText(/1 appointment with it lies ahead/)).toBeVisible();
  await dialog.getByRole("button", { name: "Switch off, keep appointments" }).click();
  await expect(page.getByText(`${booking.resource.name} is switched off`)).toBeVisible();

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("main").getByText("Active", { exact: true })).toBeVisible();
});

test("a service is added with buffers and two groups, and shows when it is free", async ({ ownerPage: page, scene, api }) => {
  const [person, room] = await Promise.all([scene.resource(), scene.resource({ type: "room" })]);
  const name = scene.name("Facial");
  await page.goto("/services/new");
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("textbox", { name: "Price" }).fill("49.5");
  await page.getByRole("textbox", { name: "Duration" }).fill("45");
  await page.getByRole("textbox", { name: "Kept free before" }).fill("5");
  await page.getByRole("textbox", { name: "Kept free after" }).fill("10");
  for (const [position, { name: resource }] of [person, room].entries()) {
    await page.getByRole("button", { name: /^(Add people|Needs something)/ }).click();
    await page.getByRole("combobox", { name: `One of, in group ${position + 1}` }).fill(resource);
    await page.getByRole("option", { name: resource }).click();
    await page.keyboard.press("Escape");
  }

  await expect(page.getByText(/Customers see 45 min\. It blocks 5 \+ 45 \+ 10 min = 1 h/)).toBeVisible();
  await expect(page.getByText(`Each appointment takes ${person.name} and ${room.name}.`)).toBeVisible();
  await page.getByRole("button", { name: "Add service" }).click();

  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page).toHaveURL(/\/services\/\d+$/);
  await expect(page.getByRole("region", { name: "Next free times" }).getByRole("term").first()).toBeVisible();
  await axe(page);
  const { data } = await api.GET("/api/services/", { params: { query: { search: name } } });
  const [service] = found(data).results;
  expect(service).toMatchObject({ price_cents: 4950, resource_groups: [[person.id], [room.id]] });

  await page.getByRole("button", { name: /^More for/ }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/services$/);
});

test("changes are not lost by leaving", async ({ ownerPage: page, scene }) => {
  const service = await scene.service([await scene.resource()]);
  await page.goto(`/services/${service.id}`);
  await page.getByRole("textbox", { name: "Name" }).fill("Something else");

  await page.getByRole("link", { name: "Today" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stay here" }).click();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Something else");

  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue(service.name);
});

test("staff look at resources and services, and change nothing", async ({ staffPage: page, scene }) => {
  const { resource, service } = await scene.bookable();

  await page.goto(`/resources/${resource.id}`);
  await expect(page.getByRole("heading", { name: "Weekly hours" })).toBeVisible();
  await expect(page.getByText("12:00 AM – Midnight").first()).toBeVisible();
  await page.goto(`/services/${service.id}`);
  await expect(page.getByRole("heading", { level: 1, name: service.name })).toBeVisible();

  await expect(page.getByRole("main").getByRole("textbox")).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("button", { name: /^(More|Edit|Save|Add)/ })).toHaveCount(0);
});

test("a free plan without room shows the way to more", async ({ freeOwnerPage: page, sessionOf }) => {
  const { api } = await sessionOf(people.freeOwner);
  const quotaOf = async (): Promise<QuotaEntry> => {
    const { data } = await api.GET("/api/entitlements/");
    return found(data).quotas.max_services;
  };
  const { remaining } = await quotaOf();
  const added = await Promise.all(
    Array.from({ length: remaining ?? 0 }, async (_, position) => {
      const { data } = await api.POST("/api/services/", { body: { name: `Extra ${position}`, duration_minutes: 30 } });
      return found(data).id;
    }),
  );
  try {
    await page.goto("/services");
    const button = page.getByRole("button", { name: "Add service" });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await button.press("Enter");

    const prompt = page.getByRole("dialog");
    await expect(prompt.getByText(/^All \d+ services of your plan are in use/)).toBeVisible();
    await prompt.getByRole("link", { name: "How to upgrade" }).click();
    await expect(page).toHaveURL(/\/settings\/plan/);
  } finally {
    for (const id of added) await api.DELETE("/api/services/{id}/", { params: { path: { id } } });
  }
});
