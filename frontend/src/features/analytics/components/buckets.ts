import { analytics } from "@/text/analytics";
import { dateInFull, dateRange, dayAndMonth, monthAndYear } from "@/time/format";
import type { ChartColumn } from "@/ui/ChartCard/table";

import type { Bucket, Grain } from "../grains";

type Span = Pick<Bucket<unknown>, "first" | "last">;

/** Returns what stands below a bar. */
export function bucketTick({ first }: Span, grain: Grain): string {
  return grain === "month" ? monthAndYear(first) : dayAndMonth(first);
}

/** Returns the days of a bar in words. */
export function bucketLabel({ first, last }: Span, grain: Grain): string {
  return grain === "day" ? dateInFull(first) : dateRange(first, last);
}

/** Returns the column that names the days; in the CSV they are an ISO 8601 date, or an interval of dates. */
export function bucketColumn(grain: Grain): ChartColumn<Span> {
  return {
    heading: analytics.overTime.column[grain],
    value: ({ first, last }) => (grain === "day" ? first : `${first}/${last}`),
    shown: (bucket) => bucketLabel(bucket, grain),
  };
}
