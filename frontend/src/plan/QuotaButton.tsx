import { Button, type ButtonProps, Popover, Skeleton, Text, VisuallyHidden } from "@mantine/core";
import LockIcon from "lucide-react/icons/lock";
import { type MouseEventHandler, useId } from "react";

import { text } from "@/text";

import { CouldNotCheck } from "./CouldNotCheck";
import type { QuotaKey } from "./keys";
import classes from "./QuotaButton.module.css";
import { Inline } from "./UpgradePrompt/Inline";
import type { Offer } from "./UpgradePrompt/useOffer";
import { usePlanFeatures } from "./usePlanFeatures";
import { useQuotaOffer } from "./useQuotaOffer";

interface QuotaButtonProps extends ButtonProps {
  quota: QuotaKey;
  onClick: MouseEventHandler<HTMLButtonElement>;
}

/**
 * A button that adds to what the plan limits. Near the limit it says how much is used; without room it can still be
 * reached and pressed, and explains itself instead of acting. When nobody could be asked it acts: the server decides.
 */
export function QuotaButton({ quota: key, onClick, ...button }: QuotaButtonProps) {
  const { status, quota } = usePlanFeatures();
  const offer = useQuotaOffer(key);
  const entry = quota(key);
  if (status === "pending") {
    return (
      <Skeleton w="fit-content">
        <Button {...button} disabled />
      </Skeleton>
    );
  }
  if (offer !== null) return <Full offer={offer} {...button} />;
  return (
    <div className={classes.near}>
      {entry?.state === "near" && entry.limit !== null && (
        <Text size="sm" className={classes.note}>
          {text.quota.near(entry.used, entry.limit, entry.name)}
        </Text>
      )}
      {status === "error" && <CouldNotCheck />}
      <Button {...button} onClick={onClick} />
    </div>
  );
}

function Full({ offer, ...button }: ButtonProps & { offer: Offer }) {
  const descriptionId = useId();
  return (
    <Popover width={320} trapFocus returnFocus withArrow position="bottom-end">
      <Popover.Target>
        <Button
          {...button}
          variant="default"
          aria-disabled
          data-disabled
          aria-describedby={descriptionId}
          leftSection={<LockIcon aria-hidden size={16} />}
        />
      </Popover.Target>
      <VisuallyHidden id={descriptionId}>{[offer.heading, offer.body].filter(Boolean).join(". ")}</VisuallyHidden>
      <Popover.Dropdown>
        <Inline offer={offer} />
      </Popover.Dropdown>
    </Popover>
  );
}
