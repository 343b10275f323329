import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";

import { CouldNotCheck } from "./CouldNotCheck";
import type { FeatureKey } from "./keys";
import classes from "./LockedSection.module.css";
import { UpgradePrompt } from "./UpgradePrompt";
import { useFeature } from "./useFeature";

interface LockedSectionProps {
  feature: FeatureKey;
  /** The section with sample data, drawn out of reach below the prompt. Without one the prompt is a banner. */
  preview?: ReactNode;
  evidence?: string | undefined;
  /** Drawn while the plan is being asked for; a plain block without one. */
  skeleton?: ReactNode;
  children: ReactNode;
}

/** Shows its children where the feature may be used; elsewhere they are never mounted, so they ask for nothing. */
export function LockedSection({ feature, preview, evidence, skeleton, children }: LockedSectionProps) {
  const state = useFeature(feature);
  if (state === "pending") return skeleton ?? <Skeleton h={120} />;
  if (state === "error") return <CouldNotCheck />;
  if (state === "enabled") return children;
  if (preview === undefined) return <UpgradePrompt feature={feature} variant="banner" evidence={evidence} />;
  return (
    <div className={classes.stack}>
      <div className={classes.preview} inert aria-hidden>
        {preview}
      </div>
      <div className={classes.cover}>
        <UpgradePrompt feature={feature} variant="overlay" evidence={evidence} />
      </div>
    </div>
  );
}
