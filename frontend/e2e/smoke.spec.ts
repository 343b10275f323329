import { expect, people, test } from "./kit";

test("everybody gets in", async ({ ownerPage, managerPage, staffPage, freeOwnerPage, platformAdminPage }) => {
  for (const page of [ownerPage, managerPage, staffPage, freeOwnerPage]) {
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Main navigation" })).toBeVisible();
  }
  await platformAdminPage.goto("/admin/");
  await expect(platformAdminPage.getByRole("link", { name: "Tenants" }).first()).toBeVisible();
});

test("rows of one's own", async ({ scene, ownerPage, requests, axe }) => {
  const asked = requests(ownerPage);
  const booking = await scene.bookable();
  const appointment = await scene.appointment(booking);
  expect(appointment.customer_name).toBe(booking.customer.name);
  await ownerPage.goto("/");
  await expect(ownerPage.getByRole("heading", { level: 1 })).toBeVisible();
  expect(asked.to("/api/session/")).toEqual(["GET /api/session/"]);
  await axe(ownerPage);
});

test("nobody is asked to sign in", async ({ pageOf }) => {
  const page = await pageOf(null, { at: people.owner.business });
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Sign in");
});
