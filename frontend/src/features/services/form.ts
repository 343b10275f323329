import type { Service } from "@/api/shapes";
import { text } from "@/text";
import { majorUnits, minorUnits } from "@/text/money";

import type { ServiceFields } from "./queries";

export const NOTICE_UNITS = { minutes: 1, hours: 60, days: 1440 } as const;
export type NoticeUnit = keyof typeof NOTICE_UNITS;

/** What the form holds; a number is a text while it is being typed. */
export interface Values {
  name: string;
  description: string;
  price: number | string;
  currency: string;
  duration: number | string;
  before: number | string;
  after: number | string;
  step: number | string;
  notice: number | string;
  noticeUnit: NoticeUnit;
  advance: number | string;
  groups: readonly (readonly number[])[];
}

/** Where the form shows what the server says about a field. */
export const PLACES = {
  name: "name",
  description: "description",
  price_cents: "price",
  currency: "currency",
  duration_minutes: "duration",
  buffer_before_minutes: "before",
  buffer_after_minutes: "after",
  slot_step_minutes: "step",
  min_notice_minutes: "notice",
  max_advance_days: "advance",
  resource_groups: "groups",
} as const satisfies Partial<Record<keyof ServiceFields, keyof Values>>;

export const LIMITS = {
  duration: [1, 1440],
  before: [0, 720],
  after: [0, 720],
  step: [5, 1440],
  advance: [1, 1095],
} as const;
const MOST_NOTICE_DAYS = 90;
const MOST_CENTS = 100_000_000;

/** Returns what the form begins with: a service, or what most new ones have. */
export function valuesOf(service: Service | null, currency: string): Values {
  const money = service?.currency ?? currency;
  return {
    name: service?.name ?? "",
    description: service?.description ?? "",
    price: majorUnits(service?.price_cents ?? 0, money),
    currency: money,
    duration: service?.duration_minutes ?? 60,
    before: service?.buffer_before_minutes ?? 0,
    after: service?.buffer_after_minutes ?? 0,
    step: service?.slot_step_minutes ?? 15,
    ...noticeOf(service?.min_notice_minutes ?? 0),
    advance: service?.max_advance_days ?? 365,
    groups: service?.resource_groups ?? [],
  };
}

/** Returns a notice in the largest unit that gives a whole number. */
function noticeOf(minutes: number): Pick<Values, "notice" | "noticeUnit"> {
  const unit = minutes % NOTICE_UNITS.hours ? "minutes" : minutes > 0 && minutes % NOTICE_UNITS.days === 0 ? "days" : "hours";
  return { notice: minutes / NOTICE_UNITS[unit], noticeUnit: unit };
}

/** Returns the values as the server takes them. They are known to be in order. */
export function fieldsOf(values: Values): ServiceFields {
  return {
    name: values.name.trim(),
    description: values.description.trim(),
    price_cents: minorUnits(Number(values.price), values.currency),
    currency: values.currency,
    duration_minutes: Number(values.duration),
    buffer_before_minutes: Number(values.before),
    buffer_after_minutes: Number(values.after),
    slot_step_minutes: Number(values.step),
    min_notice_minutes: noticeMinutes(values),
    max_advance_days: Number(values.advance),
    resource_groups: values.groups.filter((group) => group.length > 0).map((group) => [...group]),
  };
}

/** Returns the fields that differ from what they were: what others changed meanwhile is left alone. */
export function changedFields(values: Values, before: Values): Partial<ServiceFields> {
  const was: Record<string, unknown> = { ...fieldsOf(before) };
  const changed = Object.entries(fieldsOf(values)).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(was[field]),
  );
  return Object.fromEntries(changed);
}

export function noticeMinutes({ notice, noticeUnit }: Pick<Values, "notice" | "noticeUnit">): number {
  return Number(notice) * NOTICE_UNITS[noticeUnit];
}

/** Returns what is wrong with the values, by field. */
export function problemsWith(values: Values): Partial<Record<keyof Values, string>> {
  const words = text.services.form;
  const mostNotice = (MOST_NOTICE_DAYS * NOTICE_UNITS.days) / NOTICE_UNITS[values.noticeUnit];
  const ranges = Object.entries(LIMITS) as [keyof typeof LIMITS, readonly [number, number]][];
  const outside = [...ranges, ["notice", [0, mostNotice]] as const].filter(
    ([field, [first, last]]) => !isWholeWithin(values[field], first, last),
  );
  return {
    ...Object.fromEntries(outside.map(([field, [first, last]]) => [field, words.range(first, last)])),
    ...(values.name.trim() === "" && { name: words.required }),
    ...(!isPrice(values) && { price: words.priceRange }),
  };
}

function isWholeWithin(value: number | string, first: number, last: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= first && value <= last;
}

function isPrice({ price, currency }: Values): boolean {
  return typeof price === "number" && price >= 0 && minorUnits(price, currency) <= MOST_CENTS;
}
