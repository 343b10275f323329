import { VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { appointmentStatisticsQuery, type StatisticsFilter } from "@/api/analytics";

interface AnnouncementProps {
  filter: StatisticsFilter;
  shown: (total: number, days: number) => string;
}

/** Tells those who cannot see the figures change what the filters led to. */
export function Announcement({ filter, shown }: AnnouncementProps) {
  const { data, isPlaceholderData } = useQuery(appointmentStatisticsQuery(filter));
  return (
    <VisuallyHidden role="status">
      {data && !isPlaceholderData && shown(data.total, data.period_days)}
    </VisuallyHidden>
  );
}
