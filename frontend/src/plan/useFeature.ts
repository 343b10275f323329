import type { FeatureKey } from "./keys";
import { usePlanFeatures } from "./usePlanFeatures";

export type FeatureState = "pending" | "enabled" | "locked" | "error";

/** Tells whether a feature may be used; `error` when nobody could be asked. Only `locked` is a refusal. */
export function useFeature(key: FeatureKey): FeatureState {
  const { status, canUse } = usePlanFeatures();
  if (status !== "ready") return status;
  return canUse(key) ? "enabled" : "locked";
}
