import type { AppointmentStatistics, AppointmentStatus } from "@/api/shapes";
import { text } from "@/text";
import { analytics } from "@/text/analytics";
import { chart } from "@/text/chart";
import { dateRange } from "@/time/format";
import { ChartCard } from "@/ui/ChartCard";
import type { ChartTable } from "@/ui/ChartCard/table";

import { countsOf, rangeOf } from "../figures";
import { statuses } from "../filters";
import { type Bucket, bucketsOf, grainOf } from "../grains";
import { bucketColumn, bucketLabel, bucketTick } from "./buckets";
import { type CardProps, fileNameOf, statusColors } from "./card";
import { Bars } from "./charts";
import type { Series } from "./charts/bars";
import { Legend } from "./charts/Legend";
import { ExportRows } from "./ExportRows";

type CountedDay = AppointmentStatistics["daily_breakdown"][number];

const series: readonly Series[] = statuses.map((key) => ({ key, label: text.status[key], color: statusColors[key] }));

/** How many appointments each day had, and how they stand. */
export function AppointmentsOverTime({ statistics, filter }: CardProps<AppointmentStatistics>) {
  const days = statistics?.daily_breakdown ?? [];
  const grain = grainOf(statistics?.period_days ?? filter.days);
  const title = analytics.overTime.heading[grain];
  const buckets = bucketsOf(days, grain);
  const range = statistics && rangeOf(days);
  const shownRange = range ? dateRange(range.first, range.last) : "";
  const points = buckets.map((bucket) => ({
    key: bucket.first,
    tick: bucketTick(bucket, grain),
    label: bucketLabel(bucket, grain),
    values: countsOf(bucket.rows),
  }));
  return (
    <ChartCard
      title={title}
      definition={analytics.overTime.definition}
      table={statistics && tableOf(buckets, grain)}
      fileName={fileNameOf("appointments", grain, range)}
      height={340}
      more={<ExportRows title={title} filter={filter} range={range} />}
    >
      <Legend series={series} amount={(key) => text.number(statistics?.by_status[key as AppointmentStatus] ?? 0)} />
      <Bars
        label={analytics.overTime.summary(title, shownRange, statistics?.total ?? 0)}
        points={points}
        series={series}
        shown={text.number}
      />
    </ChartCard>
  );
}

function tableOf(buckets: readonly Bucket<CountedDay>[], grain: ReturnType<typeof grainOf>) {
  const countOf = ({ rows }: Bucket<CountedDay>) => rows.reduce((sum, { count }) => sum + count, 0);
  const table: ChartTable<Bucket<CountedDay>> = {
    columns: [
      bucketColumn(grain),
      { heading: chart.total, value: countOf, shown: (bucket) => text.number(countOf(bucket)) },
      ...statuses.map((status) => ({
        heading: text.status[status],
        value: ({ rows }: Bucket<CountedDay>) => countsOf(rows)[status],
        shown: ({ rows }: Bucket<CountedDay>) => text.number(countsOf(rows)[status]),
      })),
    ],
    rows: buckets,
  };
  return table;
}
