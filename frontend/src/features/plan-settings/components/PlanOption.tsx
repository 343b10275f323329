import { Badge, Button, Text, Title } from "@mantine/core";
import CheckIcon from "lucide-react/icons/check";
import TriangleAlertIcon from "lucide-react/icons/triangle-alert";
import { useId } from "react";

import type { Plan } from "@/api/shapes";
import type { FeatureKey } from "@/plan/keys";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { text } from "@/text";
import { plainMoney } from "@/text/money";

import { additionsOf, differenceOf, limitsOf } from "../compare";
import classes from "./Plans.module.css";
import { warningsOf } from "./warnings";

interface PlanOptionProps {
  plan: Plan;
  plans: readonly Plan[];
  /** The feature somebody came here for. */
  wanted: FeatureKey | undefined;
  isRequested: boolean;
  /** Missing for those who cannot ask at this moment. */
  onAsk: ((plan: string) => void) | undefined;
}

/** One plan: its price, what it includes, and what would not fit into it. */
export function PlanOption({ plan, plans, wanted, isRequested, onAsk }: PlanOptionProps) {
  const headingId = useId();
  return (
    <li className={classes.plan} data-current={plan.is_current || undefined} aria-labelledby={headingId}>
      <div className={classes.head}>
        <Title order={3} size="h4" id={headingId}>
          {plan.name}
        </Title>
        {plan.is_current && <Badge className={classes.badge}>{text.plans.current}</Badge>}
        {isRequested && <Badge className={classes.badge}>{text.plans.requested}</Badge>}
      </div>
      <p className={classes.price}>
        <strong>{plainMoney(plan.price_cents, plan.currency)}</strong> {text.plans.perMonth}
      </p>
      {onAsk && !plan.is_current && (
        <Button variant={wanted && isCheapestWith(wanted, plan, plans) ? "filled" : "default"} onClick={() => onAsk(plan.key)}>
          {text.plans.askFor(plan.name)}
        </Button>
      )}
      <Limits plan={plan} />
      <Features plan={plan} plans={plans} wanted={wanted} />
      {!plan.is_current && <Warnings plan={plan} plans={plans} />}
    </li>
  );
}

function Limits({ plan }: { plan: Plan }) {
  const { quota } = usePlanFeatures();
  return (
    <dl className={classes.limits}>
      {limitsOf(plan).map(([key, limit]) => (
        <div key={key} className={classes.limit}>
          <dt>{nameOf(quota(key)?.name ?? key, quota(key)?.window)}</dt>
          <dd>{limit === null ? text.plans.unlimited : limit === 0 ? text.plans.none : text.number(limit)}</dd>
        </div>
      ))}
    </dl>
  );
}

const nameOf = (name: string, window: string | undefined) => (window === "month" ? text.plans.monthly(name) : name);

function Features({ plan, plans, wanted }: Pick<PlanOptionProps, "plan" | "plans" | "wanted">) {
  const { explain } = usePlanFeatures();
  const { base, features } = additionsOf(plan, plans);
  return (
    <div className={classes.features}>
      <Text size="sm" fw={550}>
        {base ? text.plans.everythingIn(base.name) : text.plans.nothingMore}
      </Text>
      <ul className={classes.list}>
        {features.map((key) => (
          <li key={key} data-wanted={key === wanted || undefined}>
            <CheckIcon aria-hidden size={15} />
            {explain(key)?.name ?? key}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Warnings({ plan, plans }: Pick<PlanOptionProps, "plan" | "plans">) {
  const standing = usePlanFeatures();
  const current = plans.find((one) => one.is_current);
  const warnings = warningsOf(differenceOf(plan, current, standing), standing);
  if (warnings.length === 0) return null;
  return (
    <ul className={classes.warnings}>
      {warnings.map((warning) => (
        <li key={warning}>
          <TriangleAlertIcon aria-hidden size={15} />
          {warning}
        </li>
      ))}
    </ul>
  );
}

function isCheapestWith(feature: FeatureKey, plan: Plan, plans: readonly Plan[]): boolean {
  const having = plans.filter(({ features }) => features.includes(feature));
  return having.every((other) => plan.price_cents <= other.price_cents) && having.includes(plan);
}
