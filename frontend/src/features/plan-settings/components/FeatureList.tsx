import { Anchor, Text } from "@mantine/core";
import CheckIcon from "lucide-react/icons/check";
import LockIcon from "lucide-react/icons/lock";
import { Link } from "react-router";

import type { FeatureEntry } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { placeOf } from "@/features";
import type { FeatureKey } from "@/plan/keys";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { text } from "@/text";

import classes from "./FeatureList.module.css";
import { usePointedAt } from "./usePointedAt";

interface FeatureListProps {
  features: readonly (readonly [FeatureKey, FeatureEntry])[];
  pointedAt: string | null;
}

/** Every feature there is: first the included ones with the way to them, then the others with what they need. */
export function FeatureList({ features, pointedAt }: FeatureListProps) {
  const includedFirst = [...features].sort(([, a], [, b]) => Number(b.allowed) - Number(a.allowed));
  return (
    <ul className={classes.list}>
      {includedFirst.map(([key, entry]) => (
        <Row key={key} feature={key} entry={entry} isPointedAt={key === pointedAt} />
      ))}
    </ul>
  );
}

interface RowProps {
  feature: FeatureKey;
  entry: FeatureEntry;
  isPointedAt: boolean;
}

function Row({ feature, entry, isPointedAt }: RowProps) {
  const { user } = useViewer();
  const row = usePointedAt<HTMLLIElement>(isPointedAt);
  const Icon = entry.allowed ? CheckIcon : LockIcon;
  return (
    <li
      ref={row}
      tabIndex={-1}
      className={classes.row}
      data-allowed={entry.allowed || undefined}
      aria-current={isPointedAt || undefined}
    >
      <Icon aria-hidden size={18} className={classes.icon} />
      <Text fw={550}>{entry.name}</Text>
      <Text size="sm" c="dimmed">
        {standingOf(entry)}
      </Text>
      {entry.allowed && <WayThere feature={feature} name={entry.name} />}
      {isPointedAt && entry.upgrade && (
        <Text size="sm" className={classes.more}>
          {user.role === "owner" ? text.plan.howToChange.owner : text.plan.howToChange.other}
        </Text>
      )}
    </li>
  );
}

/** Leads to where an included feature is used, if this build has that and it is for the viewer's role. */
function WayThere({ feature, name }: { feature: FeatureKey; name: string }) {
  const { isForViewer } = usePlanFeatures();
  const place = placeOf(feature);
  if (place === undefined || !isForViewer(feature)) return null;
  return (
    <Anchor component={Link} to={place} size="sm" className={classes.way} aria-label={text.plan.openFeature(name)}>
      {text.plan.open}
    </Anchor>
  );
}

function standingOf({ allowed, source, upgrade }: FeatureEntry): string {
  if (allowed) return text.plan.included;
  if (source === "suspended") return text.plan.paused;
  if (source === "override") return text.plan.switchedOff;
  return upgrade ? text.plan.offer(upgrade.name) : text.plan.notIncluded;
}
