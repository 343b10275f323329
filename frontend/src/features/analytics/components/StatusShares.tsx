import type { AppointmentStatistics } from "@/api/shapes";
import { text } from "@/text";
import { analytics } from "@/text/analytics";

import { rangeOf } from "../figures";
import { statuses } from "../filters";
import { type CardProps, fileNameOf, statusColors } from "./card";
import { ExportRows } from "./ExportRows";
import { RankedCard } from "./RankedCard";

/** Where the appointments of the window stand. */
export function StatusShares({ statistics, filter }: CardProps<AppointmentStatistics>) {
  const range = statistics && rangeOf(statistics.daily_breakdown);
  const { heading, definition, column } = analytics.byStatus;
  return (
    <RankedCard
      title={heading}
      definition={definition}
      nameHeading={column}
      items={
        statistics &&
        statuses.map((status) => ({
          key: status,
          name: text.status[status],
          value: statistics.by_status[status],
          color: statusColors[status],
        }))
      }
      total={statistics?.total ?? 0}
      measure={{ heading: analytics.columns.appointments, shown: text.number }}
      fileName={fileNameOf("appointments", "status", range)}
      more={<ExportRows title={heading} filter={filter} range={range} />}
    />
  );
}
