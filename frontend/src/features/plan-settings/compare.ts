import type { Plan, QuotaEntry } from "@/api/shapes";
import type { FeatureKey, QuotaKey } from "@/plan/keys";
import { entriesOf } from "@/plan/entriesOf";

/** A quota of which more is used than a plan would allow. */
export interface Excess {
  key: QuotaKey;
  used: number;
  limit: number;
}

/** What another plan would change for the business. */
export interface Difference {
  gains: FeatureKey[];
  losses: FeatureKey[];
  over: Excess[];
}

interface Standing {
  canUse: (key: FeatureKey) => boolean;
  quotas: readonly (readonly [QuotaKey, QuotaEntry])[];
}

/** Compares a plan with what the business may use now and how much of it is used. */
export function differenceOf(plan: Plan, current: Plan | undefined, { canUse, quotas }: Standing): Difference {
  return {
    gains: plan.features.filter((key) => !canUse(key)),
    // What was agreed with the business apart from its plan stays whatever the plan is.
    losses: current?.features.filter((key) => canUse(key) && !plan.features.includes(key)) ?? [],
    over: quotas.flatMap(([key, { used }]) => {
      const limit = plan.limits[key];
      return limit !== null && used > limit ? [{ key, used, limit }] : [];
    }),
  };
}

/** Returns the nearest cheaper plan of which `plan` has everything, and what it adds to that one. */
export function additionsOf(plan: Plan, plans: readonly Plan[]): { base: Plan | undefined; features: FeatureKey[] } {
  const cheaper = plans.filter((other) => other.price_cents < plan.price_cents);
  const contained = cheaper.filter((other) => other.features.every((key) => plan.features.includes(key)));
  const base = contained.sort((a, b) => b.price_cents - a.price_cents)[0];
  return { base, features: plan.features.filter((key) => !base?.features.includes(key)) };
}

/** Returns the limits of a plan in the order the server lists them. */
export const limitsOf = ({ limits }: Plan) => entriesOf(limits);
