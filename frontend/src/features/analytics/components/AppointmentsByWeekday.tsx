import type { AppointmentStatistics } from "@/api/shapes";
import { text } from "@/text";
import { analytics } from "@/text/analytics";
import { ChartCard } from "@/ui/ChartCard";
import type { ChartTable } from "@/ui/ChartCard/table";

import { rangeOf, type Weekday, weekdaysOf } from "../figures";
import { type CardProps, fileNameOf, HALF_HEIGHT } from "./card";
import { Bars } from "./charts";
import { ExportRows } from "./ExportRows";

const series = [{ key: "average", label: analytics.byWeekday.average, color: "var(--accent)" }];

/** How many appointments an average day of each weekday had: windows seldom have as many Mondays as Tuesdays. */
export function AppointmentsByWeekday({ statistics, filter }: CardProps<AppointmentStatistics>) {
  const range = statistics && rangeOf(statistics.daily_breakdown);
  const weekdays = statistics && weekdaysOf(statistics.daily_breakdown);
  const { heading, definition } = analytics.byWeekday;
  return (
    <ChartCard
      title={heading}
      definition={definition}
      table={weekdays && tableOf(weekdays)}
      fileName={fileNameOf("appointments", "weekday", range)}
      height={HALF_HEIGHT}
      more={<ExportRows title={heading} filter={filter} range={range} />}
    >
      <Bars
        label={summaryOf(weekdays ?? [])}
        points={(weekdays ?? []).map(({ name, average }) => ({
          key: name,
          tick: analytics.byWeekday.tick(nameOf(name)),
          label: nameOf(name),
          values: { average },
        }))}
        series={series}
        shown={text.roughly}
      />
    </ChartCard>
  );
}

const nameOf = (weekday: string) => text.glance.weekdays[weekday] ?? weekday;

function tableOf(weekdays: readonly Weekday[]): ChartTable<Weekday> {
  const { byWeekday, columns } = analytics;
  return {
    columns: [
      { heading: byWeekday.column, value: ({ name }) => nameOf(name) },
      { heading: columns.appointments, value: ({ count }) => count, shown: ({ count }) => text.number(count) },
      { heading: byWeekday.days, value: ({ days }) => days },
      {
        heading: byWeekday.average,
        value: ({ average }) => average.toFixed(2),
        shown: ({ average }) => text.roughly(average),
      },
    ],
    rows: weekdays,
  };
}

function summaryOf(weekdays: readonly Weekday[]): string {
  const [busiest] = [...weekdays].sort((a, b) => b.average - a.average);
  return busiest ? analytics.byWeekday.summary(nameOf(busiest.name), text.roughly(busiest.average)) : "";
}
