import type { RevenueStatistics } from "@/api/shapes";
import { analytics } from "@/text/analytics";
import { decimalMoney, money } from "@/text/money";

import { rangeOf } from "../figures";
import { fileNameOf } from "./card";
import { RankedCard } from "./RankedCard";

const words = analytics.revenue;

/** What each service earned. */
export function RevenueByService({ statistics }: { statistics: RevenueStatistics | undefined }) {
  const currency = statistics?.currency ?? "";
  return (
    <RankedCard
      title={words.byService}
      definition={words.byServiceDefinition}
      nameHeading={analytics.byService.column}
      items={statistics?.by_service.map(({ service_id, service_name, revenue_cents }) => ({
        key: service_id,
        name: service_name,
        value: revenue_cents,
      }))}
      total={statistics?.total_revenue_cents ?? 0}
      measure={{
        heading: words.column(currency),
        shown: (cents) => money(cents, currency),
        value: (cents) => decimalMoney(cents, currency),
      }}
      fileName={fileNameOf("revenue", "service", statistics && rangeOf(statistics.daily_breakdown))}
    />
  );
}
