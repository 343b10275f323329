import { describe, expect, it } from "vitest";

import type { Transaction } from "@/api/shapes";

import { dueOf, leftOf, totalsOf } from "./totals";

function paid(parts: Partial<Transaction>): Transaction {
  return {
    id: "1",
    appointment: "2",
    appointment_start_at: "2026-03-02T10:00:00-05:00",
    customer: "3",
    customer_name: "Ada Lovelace",
    service_name: "Cut & Style",
    amount_cents: 5000,
    refunded_cents: 0,
    currency: "USD",
    method: "card",
    status: "succeeded",
    note: "",
    occurred_at: "2026-03-02T10:45:00-05:00",
    created_at: "2026-03-02T10:45:00-05:00",
    updated_at: "2026-03-02T10:45:00-05:00",
    recorded_by: null,
    refunds: [],
    ...parts,
  };
}

describe("what payments add up to", () => {
  it("never adds one currency to another, and leaves out what failed", () => {
    const totals = totalsOf([
      paid({}),
      paid({ currency: "EUR", amount_cents: 700 }),
      paid({ status: "partially_refunded", refunded_cents: 1500 }),
      paid({ status: "failed", amount_cents: 99_999 }),
    ]);

    expect(totals).toEqual([
      { currency: "EUR", paidCents: 700, refundedCents: 0, count: 1 },
      { currency: "USD", paidCents: 10_000, refundedCents: 1500, count: 2 },
    ]);
  });

  it("knows what is left to give back", () => {
    expect([
      leftOf(paid({})),
      leftOf(paid({ status: "partially_refunded", refunded_cents: 1500 })),
      leftOf(paid({ status: "refunded", refunded_cents: 5000 })),
      leftOf(paid({ status: "failed" })),
    ]).toEqual([5000, 3500, 0, 0]);
  });

  it("knows what of a price is due, in its currency alone", () => {
    const payments = [paid({ refunded_cents: 1000, status: "partially_refunded" }), paid({ currency: "EUR" })];

    expect([dueOf(7800, "USD", payments), dueOf(3000, "USD", payments), dueOf(7800, "GBP", payments)]).toEqual([
      3800, 0, 7800,
    ]);
  });
});
