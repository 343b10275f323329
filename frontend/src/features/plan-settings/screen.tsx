import { Skeleton, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useSearchParams } from "react-router";

import { useViewer } from "@/api/viewer";
import { CouldNotCheck } from "@/plan/CouldNotCheck";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { text } from "@/text";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";

import { FeatureList } from "./components/FeatureList";
import { PlanCard } from "./components/PlanCard";
import { Plans } from "./components/Plans";
import { QuotaGrid } from "./components/QuotaGrid";
import { useAsking } from "./components/useAsking";
import classes from "./plan.module.css";

/** What the plan includes, and how much of it is used. `?feature=` and `?quota=` point at one of them. */
export function Component() {
  const { business } = useViewer();
  useDocumentTitle(text.title(text.plan.title, business.name));
  return (
    <>
      <PageHeader heading={text.plan.title}>
        <Text c="dimmed">{text.plan.lead}</Text>
      </PageHeader>
      <Plan />
    </>
  );
}

function Plan() {
  const { status, features, quotas } = usePlanFeatures();
  const [search] = useSearchParams();
  const asking = useAsking();
  if (status === "error") return <CouldNotCheck />;
  if (status === "pending") {
    return (
      <div className={classes.parts} role="status" aria-label={text.loading}>
        <Skeleton h={108} radius={12} />
        <Skeleton h={220} radius={12} />
        <Skeleton h={320} radius={12} />
      </div>
    );
  }
  return (
    <div className={classes.parts}>
      <PlanCard />
      {quotas.length > 0 && (
        <Panel heading={text.plan.usage}>
          <QuotaGrid quotas={quotas.map(([key]) => key)} pointedAt={search.get("quota")} />
        </Panel>
      )}
      <Plans wanted={search.get("feature")} asking={asking} />
      {features.length > 0 && (
        <Panel heading={text.plan.features}>
          <FeatureList features={features} pointedAt={search.get("feature")} onAsk={asking.ask} />
        </Panel>
      )}
    </div>
  );
}
