import type { StatisticsFilter } from "@/api/analytics";
import type { AppointmentStatistics } from "@/api/shapes";
import { analytics } from "@/text/analytics";
import { dateRange } from "@/time/format";
import { ErrorState } from "@/ui/ErrorState";

import classes from "../analytics.module.css";
import { type AppointmentsBefore, rangeOf } from "../figures";
import { useAppointments } from "../queries";
import { AppointmentsByResource, AppointmentsByService } from "./AppointmentsBy";
import { AppointmentsByWeekday } from "./AppointmentsByWeekday";
import { AppointmentsOverTime } from "./AppointmentsOverTime";
import { AppointmentTiles } from "./AppointmentTiles";
import type { CardProps } from "./card";
import { NoAppointments } from "./NoAppointments";
import { Section } from "./Section";
import { StatusShares } from "./StatusShares";

interface AppointmentSectionProps {
  filter: StatisticsFilter;
  onReset: () => void;
  onLonger: () => void;
}

/** The appointments of the window that match the filters. */
export function AppointmentSection({ filter, onReset, onLonger }: AppointmentSectionProps) {
  const { data, before, error, isPlaceholderData, refetch } = useAppointments(filter);
  const isEmpty = data?.total === 0 && !isPlaceholderData;
  return (
    <Section
      heading={analytics.appointments.heading}
      about={data && aboutOf(data, before)}
      isPending={isPlaceholderData}
    >
      {!data && error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : isEmpty ? (
        <NoAppointments filter={filter} onReset={onReset} onLonger={onLonger} />
      ) : (
        <AppointmentCards statistics={data} before={before} filter={filter} />
      )}
    </Section>
  );
}

interface AppointmentCardsProps extends CardProps<AppointmentStatistics> {
  before: AppointmentsBefore | undefined;
}

/** What the appointments of a window add up to. A breakdown by what the filter leaves one of says nothing. */
export function AppointmentCards({ statistics, before, filter }: AppointmentCardsProps) {
  return (
    <>
      <AppointmentTiles statistics={statistics} before={before} filter={filter} />
      <AppointmentsOverTime statistics={statistics} filter={filter} />
      <div className={classes.cards}>
        {filter.service_id === undefined && <AppointmentsByService statistics={statistics} filter={filter} />}
        <AppointmentsByResource statistics={statistics} filter={filter} />
        <AppointmentsByWeekday statistics={statistics} filter={filter} />
        {filter.status === undefined && <StatusShares statistics={statistics} filter={filter} />}
      </div>
    </>
  );
}

function aboutOf({ daily_breakdown, period_days }: AppointmentStatistics, before: AppointmentsBefore | undefined) {
  const { first, last } = rangeOf(daily_breakdown);
  const range = analytics.range(dateRange(first, last), period_days);
  return before ? `${range}, ${analytics.compare(period_days)}` : range;
}
