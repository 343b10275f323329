import { describe, expect, it } from "vitest";

import type { Plan } from "@/api/shapes";
import { appointmentsQuota } from "@/testing/fixtures";

import { additionsOf, differenceOf } from "./compare";

const limits = {
  max_users: null,
  max_email_templates: null,
  max_automated_tasks: null,
  max_resources: null,
  max_services: null,
  max_appointments: null,
};

const plan = (key: string, priceCents: number, features: Plan["features"], parts: Partial<Plan["limits"]> = {}): Plan => ({
  key,
  name: key,
  description: "",
  price_cents: priceCents,
  currency: "USD",
  features,
  limits: { ...limits, ...parts },
  is_current: false,
});

const free = plan("free", 0, [], { max_appointments: 100, max_users: 2 });
const starter = plan("starter", 1900, ["can_accept_payments"], { max_appointments: 500 });
const professional = plan("professional", 4900, ["can_accept_payments", "advanced_analytics"]);
const odd = plan("odd", 3000, ["can_white_label"]);

describe("what another plan would change", () => {
  const canUse = (key: string) => ["can_accept_payments", "can_white_label"].includes(key);
  const quotas = [
    ["max_appointments", { ...appointmentsQuota, used: 137 }],
    ["max_users", { ...appointmentsQuota, used: 2 }],
  ] as const;

  it("gains what cannot be used yet, and loses what only the present plan gives", () => {
    expect(differenceOf(professional, starter, { canUse, quotas })).toEqual({
      gains: ["advanced_analytics"],
      losses: [],
      over: [],
    });
    expect(differenceOf(free, starter, { canUse, quotas }).losses).toEqual(["can_accept_payments"]);
  });

  it("names what would not fit any more; just enough does", () => {
    expect(differenceOf(free, starter, { canUse, quotas }).over).toEqual([
      { key: "max_appointments", used: 137, limit: 100 },
    ]);
  });

  it("loses nothing when the business has no plan", () => {
    expect(differenceOf(free, undefined, { canUse, quotas }).losses).toEqual([]);
  });
});

describe("what a plan adds", () => {
  const plans = [free, starter, odd, professional];

  it("is told from the nearest cheaper plan that it contains", () => {
    expect(additionsOf(free, plans)).toEqual({ base: undefined, features: [] });
    expect(additionsOf(starter, plans)).toEqual({ base: free, features: ["can_accept_payments"] });
    expect(additionsOf(professional, plans)).toEqual({ base: starter, features: ["advanced_analytics"] });
  });
});
