import type { Transaction } from "@/api/shapes";

/** What came in and went back in one currency, in whole minor units. */
export interface Total {
  currency: string;
  paidCents: number;
  refundedCents: number;
  count: number;
}

/** Adds payments up, each currency by itself, by code. Those that failed brought nothing. */
export function totalsOf(payments: readonly Transaction[]): Total[] {
  const totals = new Map<string, Total>();
  for (const { currency, status, amount_cents, refunded_cents } of payments) {
    if (status === "failed") continue;
    const total = totals.get(currency) ?? { currency, paidCents: 0, refundedCents: 0, count: 0 };
    total.paidCents += amount_cents;
    total.refundedCents += refunded_cents;
    total.count += 1;
    totals.set(currency, total);
  }
  return [...totals.values()].sort((a, b) => a.currency.localeCompare(b.currency));
}

/** Returns what of a payment can still be given back. */
export function leftOf({ status, amount_cents, refunded_cents }: Transaction): number {
  return status === "failed" ? 0 : amount_cents - refunded_cents;
}

/** Returns what of a price is not paid yet, refunds taken off. */
export function dueOf(priceCents: number, currency: string, payments: readonly Transaction[]): number {
  const total = totalsOf(payments).find((one) => one.currency === currency);
  return Math.max(0, priceCents - (total ? total.paidCents - total.refundedCents : 0));
}
