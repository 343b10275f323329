import { Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import LockIcon from "lucide-react/icons/lock";

import { useViewer } from "@/api/viewer";
import { LockedSection } from "@/plan/LockedSection";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { text } from "@/text";
import { analytics } from "@/text/analytics";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";

import classes from "./analytics.module.css";
import { AppointmentCards } from "./components/AppointmentSection";
import { BusinessNow } from "./components/BusinessNow";
import { Figures } from "./components/Figures";
import { Preview } from "./components/Preview";

const FEATURE = "advanced_analytics";

/** What was booked, kept and earned. */
export function Component() {
  const { business } = useViewer();
  const { status, isForViewer, quota } = usePlanFeatures();
  const booked = quota("max_appointments")?.used ?? 0;
  useDocumentTitle(text.title(analytics.title, business.name));
  if (status === "ready" && !isForViewer(FEATURE)) {
    return (
      <EmptyState icon={<LockIcon aria-hidden size={22} />} heading={analytics.notForYouHeading} level={1}>
        {analytics.notForYou(business.name)}
      </EmptyState>
    );
  }
  return (
    <>
      <PageHeader heading={analytics.title}>
        <Text c="dimmed">{analytics.lead}</Text>
      </PageHeader>
      <LockedSection
        feature={FEATURE}
        preview={<Preview />}
        evidence={booked > 0 ? text.glance.evidence(booked) : undefined}
        skeleton={<ScreenSkeleton />}
      >
        <Figures />
      </LockedSection>
    </>
  );
}

/** The shape of the screen while the plan is being asked for. */
function ScreenSkeleton() {
  return (
    <div className={classes.screen} role="status" aria-label={text.loading}>
      <BusinessNow figures={undefined} />
      <AppointmentCards statistics={undefined} before={undefined} filter={{ days: 30 }} />
    </div>
  );
}
