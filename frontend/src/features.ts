import { type Path, paths } from "@/paths";
import type { FeatureKey } from "@/plan/keys";

/** Where a feature that plans may include is used. */
export interface FeatureModule {
  path: Path;
}

/**
 * The features that have a screen. Once every feature has one, `Partial` goes, and a forgotten one does not compile.
 */
const features = {
  advanced_analytics: { path: paths.today },
} satisfies Partial<Record<FeatureKey, FeatureModule>>;

/** Returns where the feature is used, undefined for one without a screen in this build. */
export function placeOf(key: FeatureKey): Path | undefined {
  const places: Partial<Record<FeatureKey, FeatureModule>> = features;
  return places[key]?.path;
}
