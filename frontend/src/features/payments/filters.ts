import type { Transaction } from "@/api/shapes";
import { dayOn } from "@/time/zone";

import type { PaymentsFilter } from "./queries";

/** What the address of the screen says; empty means any. `record` is an appointment's id, or "new". */
export const defaults = {
  page: 1,
  ordering: "-occurred_at",
  search: "",
  status: "",
  method: "",
  from: "",
  until: "",
  appointment: "",
  customer: "",
  payment: "",
  record: "",
};

export type State = { [Key in keyof typeof defaults]: (typeof defaults)[Key] };

export const METHODS: readonly Transaction["method"][] = ["card", "cash", "transfer", "other"];
export const STATUSES: readonly Transaction["status"][] = ["succeeded", "partially_refunded", "refunded", "failed"];

/** Returns what the API is asked; dates are days of the business's zone. */
export function filterOf(state: State, zone: string): PaymentsFilter {
  const { page, ordering, search, from, until, appointment, customer } = state;
  const status = STATUSES.find((one) => one === state.status);
  const method = METHODS.find((one) => one === state.method);
  return {
    page,
    ordering,
    ...(search && { search }),
    ...(status && { status }),
    ...(method && { method }),
    ...(isDate(from) && { occurred_after: dayOn(from, zone).startAt.toISOString() }),
    ...(isDate(until) && { occurred_before: dayOn(until, zone).endAt.toISOString() }),
    ...(appointment && { appointment }),
    ...(customer && { customer }),
  };
}

/** Tells whether the list is narrowed at all. */
export function isNarrowed({ search, status, method, from, until, appointment, customer }: State): boolean {
  return [search, status, method, from, until, appointment, customer].some((value) => value !== "");
}

function isDate(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
}
