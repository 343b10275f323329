import type { Snapshot } from "@/api/shapes";

/** The keys of features and quotas, as the server declares them. */
export type FeatureKey = Extract<keyof Snapshot["features"], string>;
export type QuotaKey = Extract<keyof Snapshot["quotas"], string>;
