import { Button, type ButtonProps, Popover, Skeleton, VisuallyHidden } from "@mantine/core";
import LockIcon from "lucide-react/icons/lock";
import { type MouseEventHandler, useId } from "react";

import { text } from "@/text";

import { CouldNotCheck } from "./CouldNotCheck";
import type { FeatureKey } from "./keys";
import { UpgradePrompt } from "./UpgradePrompt";
import { useOffer } from "./UpgradePrompt/useOffer";
import { useFeature } from "./useFeature";

interface LockedButtonProps extends ButtonProps {
  feature: FeatureKey;
  onClick: MouseEventHandler<HTMLButtonElement>;
}

/**
 * A button for what a feature allows. Locked, it can still be reached and pressed: it is described by what it needs,
 * and pressing it explains that instead of acting.
 */
export function LockedButton({ feature, onClick, ...button }: LockedButtonProps) {
  const state = useFeature(feature);
  const offer = useOffer(feature);
  const descriptionId = useId();
  if (state === "pending") {
    return (
      <Skeleton w="fit-content">
        <Button {...button} disabled />
      </Skeleton>
    );
  }
  if (state === "enabled") return <Button {...button} onClick={onClick} />;
  const isLocked = state === "locked";
  return (
    <Popover width={320} trapFocus returnFocus withArrow>
      <Popover.Target>
        <Button
          variant="default"
          {...button}
          aria-disabled
          data-disabled
          aria-describedby={descriptionId}
          leftSection={isLocked ? <LockIcon aria-hidden size={16} /> : button.leftSection}
        />
      </Popover.Target>
      <VisuallyHidden id={descriptionId}>
        {isLocked ? [offer.heading, offer.body].filter(Boolean).join(". ") : text.upgrade.couldNotCheck}
      </VisuallyHidden>
      <Popover.Dropdown>
        {isLocked ? <UpgradePrompt feature={feature} variant="inline" /> : <CouldNotCheck />}
      </Popover.Dropdown>
    </Popover>
  );
}
