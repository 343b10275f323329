import "@mantine/charts/styles.layer.css";

import { BarChart } from "@mantine/charts";

import type { BarsProps } from "./bars";
import classes from "./TimeBars.module.css";

const MOST_BARS_APART = 62;
const TICK_GAP_PX = 24;
const axis = { axisLine: false, tickLine: false };

/** Bars side by side, each a stack of the series. It is one picture to those who cannot see it; its card has a table. */
export function TimeBars({ label, points, series, shown, shownRoughly = shown }: BarsProps) {
  const isStacked = series.length > 1;
  const areApart = points.length <= MOST_BARS_APART;
  const about = new Map(points.map((point) => [point.key, point]));
  return (
    <div role="img" aria-label={label} className={classes.picture}>
      <BarChart
        aria-hidden
        h="100%"
        data={points.map(({ key, values }) => ({ key, ...values }))}
        dataKey="key"
        series={series.map(({ key, color }) => ({ name: key, color }))}
        type={isStacked ? "stacked" : "default"}
        accessibilityLayer={false}
        tickLine="none"
        strokeDasharray="0"
        gridColor="var(--line)"
        textColor="var(--ink-muted)"
        maxBarWidth={36}
        barChartProps={{ barCategoryGap: areApart ? "18%" : "6%", margin: { top: 8, right: 4, bottom: 0, left: 0 } }}
        barProps={
          isStacked
            ? { stroke: "var(--surface)", strokeWidth: areApart ? 1 : 0, strokeOpacity: 1 }
            : { radius: areApart ? [4, 4, 0, 0] : 0 }
        }
        xAxisProps={{ ...axis, minTickGap: TICK_GAP_PX, tickFormatter: (key: string) => about.get(key)?.tick ?? key }}
        yAxisProps={{ ...axis, width: "auto", tickCount: 4, allowDecimals: false, tickFormatter: shownRoughly }}
        tooltipProps={{
          cursor: { fill: "var(--hover)" },
          content: ({ active, label: key }) => {
            const point = about.get(String(key));
            return active && point ? <Callout point={point} series={series} shown={shown} /> : null;
          },
        }}
      />
    </div>
  );
}

/** What stands beside the pointer: the values of one bar, the topmost first. */
function Callout({ point, series, shown }: Pick<BarsProps, "series" | "shown"> & { point: BarsProps["points"][number] }) {
  const values = series.map(({ key, label, color }) => ({ key, label, color, value: point.values[key] ?? 0 }));
  const total = values.reduce((sum, { value }) => sum + value, 0);
  const worthSaying = values.filter(({ value }) => value > 0 || series.length === 1).reverse();
  return (
    <div className={classes.callout}>
      <p className={classes.calloutHead}>
        {point.label}
        {series.length > 1 && <strong>{shown(total)}</strong>}
      </p>
      {worthSaying.map(({ key, label, color, value }) => (
        <p key={key} className={classes.calloutRow}>
          <span className={classes.swatch} style={{ background: color }} />
          {label}
          <strong>{shown(value)}</strong>
        </p>
      ))}
    </div>
  );
}
