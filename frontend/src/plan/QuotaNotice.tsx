import type { QuotaKey } from "./keys";
import classes from "./QuotaButton.module.css";
import { QuotaMeter } from "./QuotaMeter";
import { Inline } from "./UpgradePrompt/Inline";
import { usePlanFeatures } from "./usePlanFeatures";
import { useQuotaOffer } from "./useQuotaOffer";

/** Shows how much of a quota is used once little or nothing is left, and the way to more. */
export function QuotaNotice({ quota: key }: { quota: QuotaKey }) {
  const { quota } = usePlanFeatures();
  const offer = useQuotaOffer(key);
  const entry = quota(key);
  if (entry === undefined || entry.state === "ok") return null;
  return (
    <div className={classes.notice}>
      <QuotaMeter quota={key} />
      {offer && <Inline offer={offer} />}
    </div>
  );
}
