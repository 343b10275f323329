import { useQuery } from "@tanstack/react-query";

import { entitlementsQuery } from "@/api/entitlements";
import type { FeatureEntry, NavEntry, QuotaEntry, Snapshot } from "@/api/shapes";

import { entriesOf } from "./entriesOf";
import type { FeatureKey, QuotaKey } from "./keys";

export interface PlanFeatures {
  /** `error` only while nothing is known; a snapshot that cannot be renewed goes on counting. */
  status: "pending" | "ready" | "error";
  plan: Snapshot["plan"];
  isSuspended: boolean;
  features: readonly (readonly [FeatureKey, FeatureEntry])[];
  quotas: readonly (readonly [QuotaKey, QuotaEntry])[];
  nav: readonly NavEntry[];
  canUse: (key: FeatureKey) => boolean;
  /** What the server says about a feature: its name, why it is or is not allowed, what would unlock it. */
  explain: (key: FeatureKey) => FeatureEntry | undefined;
  quota: (key: QuotaKey) => QuotaEntry | undefined;
  upgradeFor: (key: FeatureKey) => FeatureEntry["upgrade"];
  /** Whether the viewer's role has a use for a feature, locked or not: the server's navigation lists it. */
  isForViewer: (key: FeatureKey) => boolean;
  retry: () => void;
}

/** Answers what the business may do, from the one snapshot the server gives. */
export function usePlanFeatures(): PlanFeatures {
  const { data, isError, refetch } = useQuery(entitlementsQuery);
  const features: Partial<Record<FeatureKey, FeatureEntry>> = data?.features ?? {};
  const quotas: Partial<Record<QuotaKey, QuotaEntry>> = data?.quotas ?? {};
  return {
    status: data ? "ready" : isError ? "error" : "pending",
    plan: data?.plan ?? null,
    isSuspended: data?.suspended ?? false,
    features: data ? entriesOf(data.features) : [],
    quotas: data ? entriesOf(data.quotas) : [],
    nav: data?.nav ?? [],
    canUse: (key) => features[key]?.allowed ?? false,
    explain: (key) => features[key],
    quota: (key) => quotas[key],
    upgradeFor: (key) => features[key]?.upgrade ?? null,
    isForViewer: (key) => data?.nav.some(({ feature }) => feature === key) ?? false,
    retry: () => void refetch(),
  };
}
