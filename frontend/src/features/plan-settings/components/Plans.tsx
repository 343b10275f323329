import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { text } from "@/text";
import { ErrorState } from "@/ui/ErrorState";
import { Panel } from "@/ui/Panel";

import { plansQuery } from "../queries";
import { AskForPlan } from "./AskForPlan";
import { PlanOption } from "./PlanOption";
import classes from "./Plans.module.css";
import type { Asking } from "./useAsking";

interface PlansProps {
  /** The feature the address points at. */
  wanted: string | null;
  asking: Asking;
}

const EXPECTED = 4;

/** The plans side by side. Owners ask for one of them. */
export function Plans({ wanted, asking }: PlansProps) {
  const { data: plans, error, refetch } = useQuery(plansQuery);
  const feature = plans?.flatMap(({ features }) => features).find((key) => key === wanted);
  if (!plans && error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <Panel heading={text.plans.heading}>
      <ul className={classes.plans} aria-busy={!plans}>
        {plans?.map((plan) => (
          <PlanOption
            key={plan.key}
            plan={plan}
            plans={plans}
            wanted={feature}
            isRequested={plan.key === asking.requested}
            onAsk={asking.ask}
          />
        )) ?? Array.from({ length: EXPECTED }, (_, position) => <Skeleton key={position} h={320} radius={12} />)}
      </ul>
      <AskForPlan
        plan={plans?.find(({ key }) => key === asking.asked) ?? null}
        current={plans?.find((plan) => plan.is_current)}
        feature={feature}
        onClose={asking.close}
      />
    </Panel>
  );
}
