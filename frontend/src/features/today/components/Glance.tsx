import { useQuery } from "@tanstack/react-query";

import { appointmentStatisticsQuery, figuresQuery } from "@/api/analytics";
import { LockedSection } from "@/plan/LockedSection";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { text } from "@/text";
import { ErrorState } from "@/ui/ErrorState";
import { Panel } from "@/ui/Panel";

import { Figures } from "./Figures";
import classes from "./Glance.module.css";
import { LastDays } from "./LastDays";
import { sampleCounts, sampleFigures } from "./sampleFigures";

const FEATURE = "advanced_analytics";
const DAYS = 30;

/** The business in figures, for those whose role lets them see analytics. */
export function Glance() {
  const { status, isForViewer, quota } = usePlanFeatures();
  if (status === "ready" && !isForViewer(FEATURE)) return null;
  const booked = quota("max_appointments")?.used ?? 0;
  return (
    <Panel heading={text.glance.heading}>
      <LockedSection
        feature={FEATURE}
        preview={
          <div className={classes.card}>
            <LastDays counts={sampleCounts} />
            <Figures figures={sampleFigures} />
          </div>
        }
        evidence={booked > 0 ? text.glance.evidence(booked) : undefined}
        skeleton={
          <div className={classes.card} role="status" aria-label={text.loading}>
            <LastDays counts={undefined} />
            <Figures figures={undefined} />
          </div>
        }
      >
        <CurrentFigures />
      </LockedSection>
    </Panel>
  );
}

function CurrentFigures() {
  const figures = useQuery(figuresQuery);
  const lastDays = useQuery(appointmentStatisticsQuery({ days: DAYS }));
  const error = figures.data ? null : figures.error;
  if (error) return <ErrorState error={error} onRetry={() => void figures.refetch()} />;
  return (
    <div className={classes.card}>
      {!lastDays.isError && <LastDays counts={lastDays.data?.daily_breakdown.map(({ count }) => count)} />}
      <Figures figures={figures.data} />
    </div>
  );
}
