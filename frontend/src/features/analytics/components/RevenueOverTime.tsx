import type { RevenueStatistics } from "@/api/shapes";
import { text } from "@/text";
import { analytics } from "@/text/analytics";
import { decimalMoney, money, roughMoney } from "@/text/money";
import { dateRange } from "@/time/format";
import { ChartCard } from "@/ui/ChartCard";
import type { ChartTable } from "@/ui/ChartCard/table";

import { rangeOf } from "../figures";
import { type Bucket, bucketsOf, type Grain, grainOf } from "../grains";
import { bucketColumn, bucketLabel, bucketTick } from "./buckets";
import { type CardProps, fileNameOf, HALF_HEIGHT } from "./card";
import { Bars } from "./charts";

type EarnedDay = RevenueStatistics["daily_breakdown"][number];

const words = analytics.revenue;
const series = [{ key: "cents", label: words.series, color: "var(--accent)" }];

/** What each day earned. */
export function RevenueOverTime({ statistics, filter }: CardProps<RevenueStatistics>) {
  const days = statistics?.daily_breakdown ?? [];
  const currency = statistics?.currency ?? "";
  const grain = grainOf(statistics?.period_days ?? filter.days);
  const title = words.overTime[grain];
  const buckets = bucketsOf(days, grain);
  const range = statistics && rangeOf(days);
  return (
    <ChartCard
      title={title}
      definition={words.definition}
      table={statistics && tableOf(buckets, grain, currency)}
      fileName={fileNameOf("revenue", grain, range)}
      height={HALF_HEIGHT}
    >
      <Bars
        label={summaryOf(title, statistics)}
        points={buckets.map((bucket) => ({
          key: bucket.first,
          tick: bucketTick(bucket, grain),
          label: bucketLabel(bucket, grain),
          values: { cents: centsOf(bucket) },
        }))}
        series={series}
        shown={(cents) => money(cents, currency)}
        shownRoughly={(cents) => roughMoney(cents, currency)}
      />
    </ChartCard>
  );
}

const centsOf = ({ rows }: Bucket<EarnedDay>) => rows.reduce((sum, { revenue_cents }) => sum + revenue_cents, 0);
const paymentsOf = ({ rows }: Bucket<EarnedDay>) =>
  rows.reduce((sum, { transaction_count }) => sum + transaction_count, 0);

function summaryOf(title: string, statistics: RevenueStatistics | undefined): string {
  if (statistics === undefined) return title;
  const { first, last } = rangeOf(statistics.daily_breakdown);
  const total = money(statistics.total_revenue_cents, statistics.currency);
  return words.summary(title, dateRange(first, last), total);
}

function tableOf(rows: readonly Bucket<EarnedDay>[], grain: Grain, currency: string): ChartTable<Bucket<EarnedDay>> {
  return {
    columns: [
      bucketColumn(grain),
      {
        heading: words.column(currency),
        value: (bucket) => decimalMoney(centsOf(bucket), currency),
        shown: (bucket) => money(centsOf(bucket), currency),
      },
      { heading: words.payments, value: paymentsOf, shown: (bucket) => text.number(paymentsOf(bucket)) },
    ],
    rows,
  };
}
