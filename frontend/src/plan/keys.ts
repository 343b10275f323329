import type { Snapshot } from "@/api/shapes";

/** The keys of features and quotas, as the server declares them. */
export type FeatureKey = keyof Snapshot["features"];
export type QuotaKey = keyof Snapshot["quotas"];
