import type { PlanFeatures } from "@/plan/usePlanFeatures";
import { text } from "@/text";

import type { Difference } from "../compare";

/** Says what a change of plan would take away, and what would not fit any more. */
export function warningsOf({ losses, over }: Difference, { explain, quota }: PlanFeatures): string[] {
  const lost = losses.map((key) => explain(key)?.name ?? key);
  const exceeded = over.map(({ key, used, limit }) => text.plans.excess(quota(key)?.name ?? key, used, limit));
  return [
    ...(lost.length > 0 ? [text.plans.loses(lost)] : []),
    ...(exceeded.length > 0 ? [text.plans.over(exceeded)] : []),
  ];
}
