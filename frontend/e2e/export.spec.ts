import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import type { Download, Page } from "@playwright/test";

import { expect, found, people, type Scene, test } from "./kit";

/** Books a few appointments of a service that nobody else books. */
async function booked(scene: Scene, count: number) {
  const booking = await scene.bookable();
  const slots = await scene.slots(booking.service);
  for (const { start } of slots.slice(0, count)) await scene.appointment(booking, { start_at: start });
  return booking.service;
}

async function downloaded(page: Page, click: () => Promise<void>): Promise<{ name: string; content: Buffer }> {
  const begun: Promise<Download> = page.waitForEvent("download");
  await click();
  const download = await begun;
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
}

test("a CSV has as many rows as the API counts", async ({ scene, api, ownerPage, axe }) => {
  const service = await booked(scene, 3);
  const { data } = await api.GET("/api/appointments/", { params: { query: { service_id: service.id } } });
  const { count } = found(data);

  await ownerPage.goto(`/settings/data-export?service_id=${service.id}&fields=id,start_at,status`);
  await expect(ownerPage.getByText(`${count} rows`, { exact: true })).toBeVisible();
  await axe(ownerPage);
  const file = await downloaded(ownerPage, () => ownerPage.getByRole("link", { name: "Download now" }).click());

  expect(file.name).toMatch(/^demo-appointments-\d{4}-\d\d-\d\d\.csv$/);
  const [head, ...rows] = file.content.toString("utf8").trimEnd().split("\r\n");
  expect(head).toBe("id,start_at,status");
  expect(rows).toHaveLength(count);
  expect(rows.map((row) => row.split(",")[0]).sort()).toEqual(found(data).results.map(({ id }) => id).sort());
});

test("an export is prepared, its file has the checksum that is shown, and it is removed", async ({
  scene,
  managerPage: page,
  axe,
}) => {
  const service = await booked(scene, 2);
  await page.goto(`/settings/data-export?service_id=${service.id}&format=ndjson`);
  await page.getByRole("button", { name: "Prepare in the background" }).click();
  const job = page
    .getByRole("list", { name: "Prepared exports" })
    .getByRole("listitem")
    .filter({ hasText: service.name });
  await expect(job.getByText("Ready")).toBeVisible({ timeout: 45_000 });
  await expect(job.getByText("2 rows")).toBeVisible();
  await axe(page);

  const sha256 = await job.locator("code").getAttribute("title");
  const file = await downloaded(page, () => job.getByRole("link", { name: /^Download/ }).click());
  expect(createHash("sha256").update(file.content).digest("hex")).toBe(sha256);
  expect(file.content.toString("utf8").trimEnd().split("\n")).toHaveLength(2);

  await job.getByRole("button", { name: /^More for/ }).click();
  await page.getByRole("menuitem", { name: "Remove the file" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove the file" }).click();
  await expect(job.getByText("File removed")).toBeVisible();
  await expect(job.getByRole("link")).toHaveCount(0);
});

test("what cannot be exported is said, not tried", async ({ staffPage, pageOf, requests }) => {
  await staffPage.goto("/settings/data-export");
  await expect(staffPage.getByText("Exports are for managers and owners")).toBeVisible();

  const free = await pageOf(people.freeOwner);
  const asked = requests(free);
  await free.goto("/settings/data-export");
  await expect(free.getByText(/^Data Export comes with/)).toBeVisible();
  expect(asked.to("/api/export/")).toEqual([]);
});
