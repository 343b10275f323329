import type { AppointmentStatistics } from "@/api/shapes";
import { text } from "@/text";
import { analytics } from "@/text/analytics";

import { rangeOf } from "../figures";
import { type CardProps, fileNameOf } from "./card";
import { ExportRows } from "./ExportRows";
import { RankedCard } from "./RankedCard";

type Props = CardProps<AppointmentStatistics>;

const measure = { heading: analytics.columns.appointments, shown: text.number };

/** How many appointments each service had. */
export function AppointmentsByService({ statistics, filter }: Props) {
  const range = statistics && rangeOf(statistics.daily_breakdown);
  const { heading, definition, column } = analytics.byService;
  return (
    <RankedCard
      title={heading}
      definition={definition}
      nameHeading={column}
      items={statistics?.by_service.map(({ service_id, service_name, count }) => ({
        key: service_id,
        name: service_name,
        value: count,
      }))}
      total={statistics?.total ?? 0}
      measure={measure}
      fileName={fileNameOf("appointments", "service", range)}
      more={<ExportRows title={heading} filter={filter} range={range} />}
    />
  );
}

/** How many appointments each resource took part in. */
export function AppointmentsByResource({ statistics, filter }: Props) {
  const range = statistics && rangeOf(statistics.daily_breakdown);
  const { heading, definition, column } = analytics.byResource;
  return (
    <RankedCard
      title={heading}
      definition={definition}
      nameHeading={column}
      items={statistics?.by_resource.map(({ resource_id, resource_name, count }) => ({
        key: resource_id,
        name: resource_name,
        value: count,
      }))}
      total={statistics?.total ?? 0}
      measure={measure}
      fileName={fileNameOf("appointments", "resource", range)}
      more={<ExportRows title={heading} filter={filter} range={range} />}
    />
  );
}
