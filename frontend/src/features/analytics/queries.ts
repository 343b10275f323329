import { useQuery } from "@tanstack/react-query";

import { appointmentStatisticsQuery, MOST_DAYS, revenueStatisticsQuery, type StatisticsFilter } from "@/api/analytics";

import { appointmentsBefore, revenueBefore } from "./figures";

/** The appointments of a window, and of the window before where the API reaches that far back. */
export function useAppointments(filter: StatisticsFilter) {
  const query = useQuery(appointmentStatisticsQuery(filter));
  const twice = useQuery({ ...appointmentStatisticsQuery(twiceAsLong(filter)), enabled: reachesBack(filter) });
  const isComparable = query.data && twice.data && !query.isPlaceholderData && !twice.isPlaceholderData;
  return { ...query, before: isComparable ? appointmentsBefore(query.data, twice.data) : undefined };
}

/** The revenue of a window, likewise. */
export function useRevenue(filter: StatisticsFilter) {
  const asked = ({ days, service_id }: StatisticsFilter) =>
    revenueStatisticsQuery(service_id === undefined ? { days } : { days, service_id });
  const query = useQuery(asked(filter));
  const twice = useQuery({ ...asked(twiceAsLong(filter)), enabled: reachesBack(filter) });
  const isComparable = query.data && twice.data && !query.isPlaceholderData && !twice.isPlaceholderData;
  return { ...query, before: isComparable ? revenueBefore(query.data, twice.data) : undefined };
}

const twiceAsLong = (filter: StatisticsFilter): StatisticsFilter => ({ ...filter, days: 2 * filter.days });
const reachesBack = ({ days }: StatisticsFilter) => 2 * days <= MOST_DAYS;
