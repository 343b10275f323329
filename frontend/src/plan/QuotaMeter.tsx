import { Skeleton, Text } from "@mantine/core";
import { useId } from "react";

import type { QuotaEntry } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { shortDate } from "@/time/format";

import { CouldNotCheck } from "./CouldNotCheck";
import type { QuotaKey } from "./keys";
import classes from "./QuotaMeter.module.css";
import { usePlanFeatures } from "./usePlanFeatures";

/** Shows how much of a quota is used. Draws nothing for a quota the server does not declare. */
export function QuotaMeter({ quota: key }: { quota: QuotaKey }) {
  const { status, quota } = usePlanFeatures();
  const labelId = useId();
  const entry = quota(key);
  if (status === "pending") return <Skeleton h={56} />;
  if (status === "error") return <CouldNotCheck />;
  if (entry === undefined) return null;
  const isAbsent = entry.limit === 0 && entry.used === 0;
  return (
    <div className={classes.meter} data-state={isAbsent ? undefined : entry.state}>
      <div className={classes.head}>
        <Text id={labelId} fw={550}>
          {entry.name}
        </Text>
        {!isAbsent && <Text className={classes.figure}>{figure(entry)}</Text>}
      </div>
      {entry.limit !== null && entry.limit > 0 && (
        <div
          className={classes.track}
          role="meter"
          aria-labelledby={labelId}
          aria-valuemin={0}
          aria-valuemax={entry.limit}
          aria-valuenow={Math.min(entry.used, entry.limit)}
          aria-valuetext={figure(entry)}
        >
          <div className={classes.fill} style={{ width: `${Math.min(100, (100 * entry.used) / entry.limit)}%` }} />
        </div>
      )}
      <Note entry={entry} />
    </div>
  );
}

function Note({ entry }: { entry: QuotaEntry }) {
  const { business } = useViewer();
  const resets = entry.resets_at && text.quota.resets(shortDate(new Date(entry.resets_at), business.timezone));
  const notes = [standing(entry), entry.window === "month" && text.quota.perMonth, entry.limit !== null && resets];
  return (
    <Text size="sm" className={classes.note}>
      {notes.filter(Boolean).join(" · ")}
    </Text>
  );
}

function figure({ used, limit }: QuotaEntry): string {
  return limit === null ? text.quota.usedUnlimited(used) : text.quota.used(used, limit);
}

function standing({ used, limit, remaining, state }: QuotaEntry): string {
  if (limit === null) return text.quota.unlimited;
  if (state === "over") return text.quota.over(used - limit);
  if (limit === 0) return text.quota.notIncluded;
  return state === "reached" ? text.quota.reached : text.quota.left(remaining ?? 0);
}
