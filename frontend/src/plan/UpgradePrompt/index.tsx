import { Skeleton } from "@mantine/core";

import { CouldNotCheck } from "../CouldNotCheck";
import type { FeatureKey } from "../keys";
import { useFeature } from "../useFeature";
import { Banner } from "./Banner";
import { Inline } from "./Inline";
import { Overlay } from "./Overlay";
import { type Offer, useOffer } from "./useOffer";

export interface VariantProps {
  offer: Offer;
  evidence?: string | undefined;
}

const variants = { inline: Inline, banner: Banner, overlay: Overlay };

interface UpgradePromptProps {
  feature: FeatureKey;
  variant: keyof typeof variants;
  /** A sentence with the business's own numbers that shows what the feature would be good for. */
  evidence?: string | undefined;
}

/** Says what a locked feature needs. Draws nothing for a feature that may be used. */
export function UpgradePrompt({ feature, variant, evidence }: UpgradePromptProps) {
  const state = useFeature(feature);
  const offer = useOffer(feature);
  const Variant = variants[variant];
  if (state === "pending") return <Skeleton h={variant === "inline" ? 20 : 64} />;
  if (state === "error") return <CouldNotCheck />;
  return state === "locked" ? <Variant offer={offer} evidence={evidence} /> : null;
}
