import { useQuery } from "@tanstack/react-query";

import { LockedSection } from "@/plan/LockedSection";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { text } from "@/text";
import { ErrorState } from "@/ui/ErrorState";
import { Panel } from "@/ui/Panel";

import { figuresQuery } from "../queries";
import classes from "../today.module.css";
import { Figures, FiguresSkeleton } from "./Figures";
import { sampleFigures } from "./sampleFigures";

const FEATURE = "advanced_analytics";

/** The business in figures, for those whose role lets them see analytics. */
export function Glance() {
  const { status, isForViewer, quota } = usePlanFeatures();
  if (status === "ready" && !isForViewer(FEATURE)) return null;
  const booked = quota("max_appointments")?.used ?? 0;
  return (
    <div className={classes.aside}>
      <Panel heading={text.glance.heading}>
        <LockedSection
          feature={FEATURE}
          preview={<Figures figures={sampleFigures} />}
          evidence={booked > 0 ? text.glance.evidence(booked) : undefined}
          skeleton={<FiguresSkeleton />}
        >
          <CurrentFigures />
        </LockedSection>
      </Panel>
    </div>
  );
}

function CurrentFigures() {
  const { data: figures, error, refetch } = useQuery(figuresQuery);
  if (figures) return <Figures figures={figures} />;
  return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <FiguresSkeleton />;
}
