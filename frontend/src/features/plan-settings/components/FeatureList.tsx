import { Anchor, Button, Text } from "@mantine/core";
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
  /** Asks for a plan; missing for those who cannot. */
  onAsk: ((plan: string) => void) | undefined;
}

/** Every feature there is: first the included ones with the way to them, then the others with what they need. */
export function FeatureList({ features, pointedAt, onAsk }: FeatureListProps) {
  const includedFirst = [...features].sort(([, a], [, b]) => Number(b.allowed) - Number(a.allowed));
  return (
    <ul className={classes.list}>
      {includedFirst.map(([key, entry]) => (
        <Row key={key} feature={key} entry={entry} isPointedAt={key === pointedAt} onAsk={onAsk} />
      ))}
    </ul>
  );
}

interface RowProps {
  feature: FeatureKey;
  entry: FeatureEntry;
  isPointedAt: boolean;
  onAsk: FeatureListProps["onAsk"];
}

function Row({ feature, entry, isPointedAt, onAsk }: RowProps) {
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
      <div>
        <Text fw={550}>{entry.name}</Text>
        <Text size="sm" c="dimmed">
          {entry.summary}
        </Text>
      </div>
      <Text size="sm" c="dimmed">
        {standingOf(entry)}
      </Text>
      {entry.allowed && <WayThere feature={feature} name={entry.name} />}
      {isPointedAt && entry.upgrade && <Ask upgrade={entry.upgrade} onAsk={onAsk} />}
    </li>
  );
}

/** The way to the plan that has the feature, or whom to ask. */
function Ask({ upgrade, onAsk }: { upgrade: NonNullable<FeatureEntry["upgrade"]>; onAsk: FeatureListProps["onAsk"] }) {
  const { user, business } = useViewer();
  if (user.role !== "owner") {
    return (
      <Text size="sm" className={classes.more}>
        {text.plans.onlyOwner(business.name)}
      </Text>
    );
  }
  if (!onAsk) return null;
  return (
    <Button size="compact-md" w="fit-content" className={classes.more} onClick={() => onAsk(upgrade.plan)}>
      {text.plans.askFor(upgrade.name)}
    </Button>
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
