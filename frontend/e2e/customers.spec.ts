import { expect, found, test } from "./kit";

test("a customer is added, noted about, switched off and back, and deleted", async ({ scene, ownerPage, axe }) => {
  const known = await scene.customer({ email: `${crypto.randomUUID()}@example.com` });
  const name = scene.name("Ada");
  await ownerPage.goto("/customers");
  await ownerPage.getByRole("button", { name: "New customer" }).click();
  const dialog = ownerPage.getByRole("dialog", { name: "New customer" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("E-mail").fill(found(known.email));
  await expect(dialog.getByRole("link", { name: known.name })).toBeVisible();
  await axe(ownerPage);
  await dialog.getByLabel("E-mail").fill("");
  await dialog.getByRole("button", { name: "Add customer" }).click();

  await expect(ownerPage.getByRole("heading", { level: 1, name })).toBeVisible();
  await ownerPage.getByRole("button", { name: "Add notes" }).click();
  await ownerPage.getByRole("textbox", { name: "Notes" }).fill("Allergic to almond oil.");
  await ownerPage.getByRole("button", { name: "Save notes" }).click();
  await expect(ownerPage.getByText("Allergic to almond oil.")).toBeVisible();

  const more = ownerPage.getByRole("button", { name: `More for ${name}` });
  await more.click();
  await ownerPage.getByRole("menuitem", { name: "Deactivate" }).click();
  await expect(ownerPage.getByText(/No appointments can be booked for them/)).toBeVisible();
  await ownerPage.getByRole("button", { name: "Undo" }).click();
  await expect(ownerPage.getByRole("button", { name: "Book appointment" })).toBeVisible();

  await more.click();
  await ownerPage.getByRole("menuitem", { name: "Delete" }).click();
  await ownerPage.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(ownerPage.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  await ownerPage.getByRole("searchbox", { name: /^Search by name/ }).fill(name);
  await expect(ownerPage.getByText("Nobody matches")).toBeVisible();
});

test("a customer's history says what the API says, and keeps them from being deleted", async ({
  scene,
  api,
  staffPage,
  axe,
}) => {
  const booking = await scene.bookable();
  const { id, name } = booking.customer;
  await scene.appointment(booking);
  const { data: figures } = await api.GET("/api/customers/{id}/figures/", { params: { path: { id } } });

  await staffPage.goto(`/customers/${id}`);
  await expect(staffPage.getByText(`${found(figures).upcoming} appointment ahead`)).toBeVisible();
  await staffPage.getByRole("radiogroup", { name: "Which appointments" }).getByText("Upcoming").click();
  await staffPage.getByRole("button", { name: booking.service.name }).click();
  await expect(staffPage.getByRole("dialog")).toContainText(booking.service.name);
  await staffPage.keyboard.press("Escape");
  await expect(staffPage.getByRole("dialog")).toBeHidden();
  await axe(staffPage);

  await staffPage.getByRole("button", { name: `More for ${name}` }).click();
  await staffPage.getByRole("menuitem", { name: "Delete" }).click();
  await staffPage.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  const refusal = staffPage.getByRole("dialog", { name: `${name} cannot be deleted` });
  await expect(refusal).toBeVisible();
  await refusal.getByRole("button", { name: "Deactivate" }).click();
  await expect(staffPage.getByText(`${name} is inactive now`)).toBeVisible();
});

test("a customer is found, opened and booked for with the keyboard alone", async ({ scene, ownerPage: page }) => {
  const { customer } = await scene.bookable();
  await page.goto("/customers");
  await page.getByRole("searchbox", { name: /^Search by name/ }).focus();
  await page.keyboard.type(customer.name);
  const row = page.getByRole("button", { name: customer.name });
  await expect(page.getByRole("table", { name: "Customers" }).getByRole("row")).toHaveCount(2);
  while (!(await row.evaluate((button) => button === document.activeElement))) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { level: 1, name: customer.name })).toBeVisible();
  const book = page.getByRole("button", { name: "Book appointment" });
  while (!(await book.evaluate((button) => button === document.activeElement))) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText(customer.name);
});
