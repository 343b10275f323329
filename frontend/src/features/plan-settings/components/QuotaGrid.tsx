import type { QuotaKey } from "@/plan/keys";
import { QuotaMeter } from "@/plan/QuotaMeter";

import classes from "./QuotaGrid.module.css";
import { usePointedAt } from "./usePointedAt";

interface QuotaGridProps {
  quotas: readonly QuotaKey[];
  pointedAt: string | null;
}

/** All quotas side by side. */
export function QuotaGrid({ quotas, pointedAt }: QuotaGridProps) {
  return (
    <ul className={classes.grid}>
      {quotas.map((key) => (
        <Cell key={key} quota={key} isPointedAt={key === pointedAt} />
      ))}
    </ul>
  );
}

function Cell({ quota, isPointedAt }: { quota: QuotaKey; isPointedAt: boolean }) {
  const cell = usePointedAt<HTMLLIElement>(isPointedAt);
  return (
    <li ref={cell} tabIndex={-1} className={classes.cell} aria-current={isPointedAt || undefined}>
      <QuotaMeter quota={quota} />
    </li>
  );
}
