import WalletIcon from "lucide-react/icons/wallet";

import type { StatisticsFilter } from "@/api/analytics";
import type { RevenueStatistics } from "@/api/shapes";
import { LockedSection } from "@/plan/LockedSection";
import { analytics } from "@/text/analytics";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";

import classes from "../analytics.module.css";
import type { RevenueBefore } from "../figures";
import { useRevenue } from "../queries";
import { sampleRevenue } from "../sample";
import type { CardProps } from "./card";
import { RevenueByService } from "./RevenueByService";
import { RevenueOverTime } from "./RevenueOverTime";
import { RevenueTiles } from "./RevenueTiles";
import { Section } from "./Section";

const words = analytics.revenue;

/** What the appointments of the window earned, where payments are part of the plan. */
export function RevenueSection({ filter }: { filter: StatisticsFilter }) {
  return (
    <LockedSection
      feature="can_accept_payments"
      preview={
        <Section heading={words.heading} about={words.lead}>
          <RevenueCards statistics={sampleRevenue} before={undefined} filter={{ days: sampleRevenue.period_days }} />
        </Section>
      }
      skeleton={
        <Section heading={words.heading} about={words.lead}>
          <RevenueCards statistics={undefined} before={undefined} filter={filter} />
        </Section>
      }
    >
      <CurrentRevenue filter={filter} />
    </LockedSection>
  );
}

function CurrentRevenue({ filter }: { filter: StatisticsFilter }) {
  const { data, before, error, isPlaceholderData, refetch } = useRevenue(filter);
  const isUnfiltered = filter.status !== undefined || filter.resource_id !== undefined;
  const isEmpty = data?.transaction_count === 0 && data.other_currencies.length === 0 && !isPlaceholderData;
  return (
    <Section
      heading={words.heading}
      about={isUnfiltered ? `${words.lead} ${words.unfiltered}` : words.lead}
      isPending={isPlaceholderData}
    >
      {!data && error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : isEmpty ? (
        <EmptyState icon={<WalletIcon aria-hidden size={22} />} heading={words.emptyHeading}>
          {words.empty}
        </EmptyState>
      ) : (
        <RevenueCards statistics={data} before={before} filter={filter} />
      )}
    </Section>
  );
}

function RevenueCards({
  statistics,
  before,
  filter,
}: CardProps<RevenueStatistics> & { before: RevenueBefore | undefined }) {
  return (
    <>
      <RevenueTiles statistics={statistics} before={before} />
      <div className={classes.earned}>
        <RevenueOverTime statistics={statistics} filter={filter} />
        {filter.service_id === undefined && <RevenueByService statistics={statistics} />}
      </div>
    </>
  );
}
