import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Transaction } from "@/api/shapes";
import { planIs } from "@/testing/answers";
import { appointmentWith, snapshotWith } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as Payments } from "./screen";

const ID = "0195f3a2-6c1e-7d3b-9a51-2f0c6f6f2d11";
const APPOINTMENT = appointmentWith().id;
const feature = { name: "Payment Processing", summary: "", source: "plan" as const };
const included = snapshotWith({ features: { can_accept_payments: { ...feature, allowed: true, upgrade: null } } });
const upgrade = { plan: "professional", name: "Professional", url: "/settings/plan?feature=can_accept_payments" };
const locked = snapshotWith({ features: { can_accept_payments: { ...feature, allowed: false, upgrade } } });

function paymentWith(parts: Partial<Transaction> = {}): Transaction {
  return {
    id: ID,
    appointment: APPOINTMENT,
    appointment_start_at: "2026-03-02T10:00:00-05:00",
    customer: "0195f3a2-6c1e-7d3b-9a51-2f0c6f6f2c11",
    customer_name: "Ada Lovelace",
    service_name: "Cut & Style",
    amount_cents: 5000,
    refunded_cents: 0,
    currency: "USD",
    method: "card",
    status: "succeeded",
    note: "",
    occurred_at: "2026-03-02T23:45:00-05:00",
    created_at: "2026-03-02T23:45:00-05:00",
    updated_at: "2026-03-02T23:45:00-05:00",
    recorded_by: 1,
    refunds: [],
    ...parts,
  };
}

/** Lets the list and the single payment be these; returns what the list was asked. */
function paymentsAre(...payments: Transaction[]) {
  const asked: string[] = [];
  server.use(
    http.get("*/api/payments/transactions/", ({ request }) => {
      asked.push(new URL(request.url).searchParams.toString());
      return HttpResponse.json(page(payments));
    }),
    http.get("*/api/payments/transactions/:id/", ({ params }) =>
      HttpResponse.json(payments.find(({ id }) => id === params.id)),
    ),
  );
  return asked;
}

interface Sent {
  key: string | null;
  body: unknown;
}

/** Lets a write be answered by `answer`; returns what was sent. */
function writesTo(path: string, answer: () => Response) {
  const sent: Sent[] = [];
  server.use(
    http.post(path, async ({ request }) => {
      sent.push({ key: request.headers.get("Idempotency-Key"), body: await request.json() });
      return answer();
    }),
  );
  return sent;
}

const drawer = () => screen.findByRole("dialog", { name: "Payment" });

describe("Payments", () => {
  beforeEach(() => {
    planIs(included);
    paymentsAre(paymentWith());
  });

  it("lists payments with their totals, each currency by itself", async () => {
    paymentsAre(
      paymentWith({ status: "partially_refunded", refunded_cents: 1500 }),
      paymentWith({ id: "2", currency: "EUR", amount_cents: 700, method: "cash" }),
      paymentWith({ id: "3", status: "failed", amount_cents: 99_900 }),
    );

    renderInside(<Payments />);

    await screen.findAllByRole("button", { name: "Ada Lovelace" });
    const [, first] = screen.getAllByRole("row");
    expect(first).toHaveTextContent(
      "Ada LovelaceCut & StyleMar 2, 2026, 11:45 PMCardPartly refunded$50.00$15.00 refunded",
    );
    expect(screen.getByText("$35.00")).toBeVisible();
    expect(screen.getAllByText("€7.00").length).toBeGreaterThan(0);
    expect(screen.getAllByText("$999.00")).toHaveLength(1);
  });

  it("asks for the days of the business's zone, and only for what the address names", async () => {
    const asked = paymentsAre(paymentWith());

    renderInside(<Payments />, { at: "/?from=2026-03-01&until=2026-03-02&status=failed&method=nonsense&page=2" });

    await screen.findByRole("button", { name: "Ada Lovelace" });
    expect(Object.fromEntries(new URLSearchParams(asked[0]))).toEqual({
      page: "2",
      page_size: "25",
      ordering: "-occurred_at",
      status: "failed",
      occurred_after: "2026-03-01T05:00:00.000Z",
      occurred_before: "2026-03-03T05:00:00.000Z",
    });
  });

  it("says so when nothing was paid yet, and when nothing matches", async () => {
    paymentsAre();
    const { user } = renderInside(<Payments />, { at: "/?search=zzz" });
    expect(await screen.findByText("No payment matches")).toBeVisible();

    await user.click(screen.getByRole("button", { name: "Clear filters" }));

    expect(await screen.findByText("No payments yet")).toBeVisible();
  });

  it("refunds a part after saying what is left, and the same attempt once", async () => {
    let fails = true;
    const refunded = paymentWith({ status: "partially_refunded", refunded_cents: 3250 });
    paymentsAre(paymentWith({ status: "partially_refunded", refunded_cents: 2000 }));
    const sent = writesTo("*/api/payments/transactions/:id/refund/", () => {
      if (fails) return HttpResponse.json({ detail: "Busy.", code: "busy" }, { status: 503 });
      paymentsAre(refunded);
      return HttpResponse.json(refunded);
    });
    const { user } = renderInside(<Payments />, { at: `/?payment=${ID}` });
    await user.click(await within(await drawer()).findByRole("button", { name: "Refund…" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Refund this payment?" }));
    expect(dialog.getByText("$50.00 paid, $20.00 refunded, $30.00 left")).toBeVisible();

    await user.click(dialog.getByRole("radio", { name: "Another amount" }));
    await user.type(dialog.getByRole("textbox", { name: "Amount to refund" }), "12.5");
    await user.click(dialog.getByRole("button", { name: "Refund $12.50" }));
    expect(await dialog.findByRole("alert")).toHaveTextContent("Busy.");
    fails = false;
    await user.click(dialog.getByRole("button", { name: "Refund $12.50" }));

    expect(await screen.findByText("$12.50 refunded to Ada Lovelace")).toBeVisible();
    expect(await within(await drawer()).findByText("Partly refunded")).toBeVisible();
    expect(sent.map(({ body }) => body)).toEqual([
      { amount_cents: 1250, reason: "" },
      { amount_cents: 1250, reason: "" },
    ]);
    expect(sent[0]?.key).toBeTruthy();
    expect(sent[1]?.key).toBe(sent[0]?.key);
  });

  it("does not send more than is left", async () => {
    const sent = writesTo("*/api/payments/transactions/:id/refund/", () => HttpResponse.json(paymentWith()));
    const { user } = renderInside(<Payments />, { at: `/?payment=${ID}` });
    await user.click(await within(await drawer()).findByRole("button", { name: "Refund…" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Refund this payment?" }));

    await user.click(dialog.getByRole("radio", { name: "Another amount" }));
    await user.type(dialog.getByRole("textbox", { name: "Amount to refund" }), "50.01");
    await user.click(dialog.getByRole("button", { name: "Refund $50.01" }));

    expect(await dialog.findByText("No more than $50.00 is left.")).toBeVisible();
    expect(sent).toEqual([]);
  });

  it("shows what is left when somebody else refunded meanwhile", async () => {
    writesTo("*/api/payments/transactions/:id/refund/", () => {
      paymentsAre(paymentWith({ status: "partially_refunded", refunded_cents: 4000 }));
      const refusal = { detail: "Only 1000 cents.", code: "refund_exceeds_payment", remaining_cents: 1000 };
      return HttpResponse.json(refusal, { status: 409 });
    });
    const { user } = renderInside(<Payments />, { at: `/?payment=${ID}` });
    await user.click(await within(await drawer()).findByRole("button", { name: "Refund…" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Refund this payment?" }));

    await user.click(dialog.getByRole("button", { name: "Refund $50.00" }));

    expect(await dialog.findByText(/somebody else refunded part of it/)).toBeVisible();
    expect(await dialog.findByText("$50.00 paid, $40.00 refunded, $10.00 left")).toBeVisible();
    expect(dialog.getByRole("button", { name: "Refund $10.00" })).toBeVisible();
  });

  it("offers no refund of what failed", async () => {
    paymentsAre(paymentWith({ status: "failed" }));

    renderInside(<Payments />, { at: `/?payment=${ID}` });

    expect(await within(await drawer()).findByText(/It did not go through/)).toBeVisible();
    expect(within(await drawer()).queryByRole("button", { name: "Refund…" })).toBeNull();
  });

  it("records what is due for an appointment", async () => {
    paymentsAre(paymentWith());
    server.use(http.get("*/api/appointments/:id/", () => HttpResponse.json(appointmentWith())));
    const sent = writesTo("*/api/payments/transactions/", () => HttpResponse.json(paymentWith(), { status: 201 }));
    const { user } = renderInside(<Payments />, { at: `/?record=${APPOINTMENT}` });
    const dialog = within(await screen.findByRole("dialog", { name: "Record payment" }));
    expect(await dialog.findByText("$28.00 of $78.00 is still to be paid.")).toBeVisible();

    await user.type(dialog.getByRole("textbox", { name: "Note" }), "Receipt 7 ");
    await user.click(dialog.getByRole("button", { name: "Record payment" }));

    expect(await screen.findByText("$28.00 of Ada Lovelace recorded")).toBeVisible();
    expect(sent.map(({ body }) => body)).toEqual([
      { appointment: APPOINTMENT, amount_cents: 2800, method: "card", status: "succeeded", note: "Receipt 7" },
    ]);
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
  });

  it("says what is missing, and what the server finds wrong, at the fields", async () => {
    paymentsAre();
    const problem = { detail: "No.", code: "invalid", errors: { amount_cents: ["Too much."], note: ["Too long."] } };
    server.use(http.get("*/api/customers/", () => HttpResponse.json(page([]))));
    writesTo("*/api/payments/transactions/", () => HttpResponse.json(problem, { status: 400 }));
    const { user, router } = renderInside(<Payments />, { at: "/?record=new" });
    let dialog = within(await screen.findByRole("dialog", { name: "Record payment" }));
    await user.click(dialog.getByRole("button", { name: "Record payment" }));
    expect(await dialog.findByText("Enter an amount of more than nothing.")).toBeVisible();
    expect(dialog.getByText("Choose a customer.")).toBeVisible();

    server.use(http.get("*/api/appointments/:id/", () => HttpResponse.json(appointmentWith())));
    await router.navigate(`/?record=${APPOINTMENT}`);
    dialog = within(await screen.findByRole("dialog", { name: "Record payment" }));
    await dialog.findByText("$78.00 of $78.00 is still to be paid.");
    await user.click(dialog.getByRole("button", { name: "Record payment" }));

    expect(await dialog.findByText("Too much.")).toBeVisible();
    expect(dialog.getByText("Too long.")).toBeVisible();
    expect(dialog.queryByRole("alert")).toBeNull();
  });

  it("asks for nothing where the plan lacks it, and the button explains itself", async () => {
    const asked = vi.fn();
    planIs(locked);
    server.use(http.all("*/api/payments/*", asked));
    const { user } = renderInside(<Payments />);

    expect(await screen.findAllByRole("link", { name: "How to upgrade" })).toHaveLength(1);
    await user.click(await screen.findByRole("button", { name: "Record payment" }));

    expect(await screen.findAllByRole("link", { name: "How to upgrade" })).toHaveLength(2);
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(asked).not.toHaveBeenCalled();
  });
});
