import { Text } from "@mantine/core";

import { Inline } from "@/plan/UpgradePrompt/Inline";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { useQuotaOffer } from "@/plan/useQuotaOffer";
import { text } from "@/text";

import classes from "./QuotaNote.module.css";

/** Says how many appointments the plan still has room for, once that matters. */
export function QuotaNote() {
  const { quota } = usePlanFeatures();
  const offer = useQuotaOffer("max_appointments");
  const entry = quota("max_appointments");
  if (offer) {
    return (
      <div role="alert" className={classes.full}>
        <Inline offer={offer} />
      </div>
    );
  }
  if (entry?.state !== "near" || entry.remaining === null) return null;
  return (
    <Text size="sm" className={classes.near}>
      {text.booking.form.quotaNear(entry.remaining)}
    </Text>
  );
}
