import { expect, found, test } from "./kit";

test("a payment is recorded for what is due, and refunded in part", async ({ scene, api, staffPage: page, axe }) => {
  const booking = await scene.bookable();
  const appointment = await scene.appointment(booking);
  await page.goto("/payments");
  await page.getByRole("button", { name: "Record payment" }).click();
  const form = page.getByRole("dialog", { name: "Record payment" });
  await form.getByRole("combobox", { name: "Customer" }).fill(booking.customer.name);
  await page.getByRole("option", { name: booking.customer.name }).click();
  await form.getByRole("combobox", { name: "Appointment" }).click();
  await page.getByRole("option", { name: booking.service.name }).click();
  await expect(form.getByText("$42.00 of $42.00 is still to be paid.")).toBeVisible();
  await axe(page);
  await form.getByRole("button", { name: "Record payment" }).click();
  await expect(page.getByText(`$42.00 of ${booking.customer.name} recorded`)).toBeVisible();

  await page.getByRole("searchbox", { name: "Search by customer or note" }).fill(booking.customer.name);
  await expect(page.getByRole("table", { name: "Payments" }).getByRole("row")).toHaveCount(2);
  await page.getByRole("button", { name: booking.customer.name }).click();
  await page.getByRole("button", { name: "Refund…" }).click();
  const refund = page.getByRole("dialog", { name: "Refund this payment?" });
  await refund.getByRole("radio", { name: "Another amount" }).check();
  await refund.getByLabel("Amount to refund").fill("12.50");
  await refund.getByRole("button", { name: "Refund $12.50" }).click();

  const payment = page.getByRole("dialog", { name: "Payment" });
  await expect(payment.getByText("$29.50 left")).toBeVisible();
  await axe(page);
  const query = { appointment: appointment.id };
  const { data } = await api.GET("/api/payments/transactions/", { params: { query } });
  const recorded = found(data).results.map(({ amount_cents, refunded_cents, status }) => ({
    amount_cents,
    refunded_cents,
    status,
  }));
  expect(recorded).toEqual([{ amount_cents: 4200, refunded_cents: 1250, status: "partially_refunded" }]);
});
