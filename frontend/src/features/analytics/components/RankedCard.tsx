import type { ReactNode } from "react";

import { text } from "@/text";
import { analytics } from "@/text/analytics";
import { ChartCard } from "@/ui/ChartCard";
import type { ChartColumn } from "@/ui/ChartCard/table";
import { type Ranked, RankedBars } from "@/ui/RankedBars";

import { HALF_HEIGHT } from "./card";

const MOST_BARS = 8;

interface RankedCardProps {
  title: string;
  definition: string;
  /** What the names are. */
  nameHeading: string;
  /** The largest first; undefined until known. */
  items: readonly Ranked[] | undefined;
  /** Of which the shares are. */
  total: number;
  /** The values as they are shown, and as they go into the CSV. */
  measure: { heading: string; shown: (value: number) => string; value?: (value: number) => string | number };
  fileName: string;
  more?: ReactNode;
}

/** Values by name: the largest as bars, all of them in the table. */
export function RankedCard({ title, definition, nameHeading, items, total, measure, fileName, more }: RankedCardProps) {
  const shareOf = ({ value }: Ranked) => (total === 0 ? 0 : (100 * value) / total);
  const columns: ChartColumn<Ranked>[] = [
    { heading: nameHeading, value: ({ name }) => name },
    {
      heading: measure.heading,
      value: ({ value }) => measure.value?.(value) ?? value,
      shown: ({ value }) => measure.shown(value),
    },
    {
      heading: analytics.columns.shareInPercent,
      value: (item) => shareOf(item).toFixed(2),
      shown: (item) => text.percent(shareOf(item)),
    },
  ];
  return (
    <ChartCard
      title={title}
      definition={definition}
      table={items && { columns, rows: items }}
      fileName={fileName}
      height={HALF_HEIGHT}
      more={more}
    >
      <RankedBars label={title} items={largest(items ?? [])} shown={measure.shown} />
    </ChartCard>
  );
}

/** Returns as many as there is room for; the rest in one. */
function largest(items: readonly Ranked[]): readonly Ranked[] {
  if (items.length <= MOST_BARS) return items;
  const rest = items.slice(MOST_BARS - 1);
  const value = rest.reduce((sum, item) => sum + item.value, 0);
  return [...items.slice(0, MOST_BARS - 1), { key: "rest", name: analytics.others(rest.length), value }];
}
