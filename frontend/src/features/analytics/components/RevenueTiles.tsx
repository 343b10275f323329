import type { ReactNode } from "react";

import type { RevenueStatistics } from "@/api/shapes";
import { text } from "@/text";
import { analytics } from "@/text/analytics";
import { money } from "@/text/money";
import { Tile, Tiles } from "@/ui/Tile";
import { Change } from "@/ui/Tile/Change";

import type { RevenueBefore } from "../figures";

interface RevenueTilesProps {
  /** Undefined until known. */
  statistics: RevenueStatistics | undefined;
  /** The window before; undefined where it is not known. */
  before: RevenueBefore | undefined;
}

const words = analytics.revenue;
const { compared } = analytics;

/** The revenue of a window in figures, each currency by itself. */
export function RevenueTiles({ statistics, before }: RevenueTilesProps) {
  const shown = (cents: number | undefined) =>
    statistics && cents !== undefined ? money(cents, statistics.currency) : undefined;
  return (
    <Tiles>
      <Tile
        label={words.total}
        value={shown(statistics?.total_revenue_cents)}
        definition={words.totalHint}
        comparison={statistics && before ? revenueChange(statistics, before) : null}
      />
      <Tile
        label={words.payments}
        value={statistics && text.number(statistics.transaction_count)}
        definition={words.paymentsHint}
        comparison={statistics && before ? paymentsChange(statistics, before) : null}
      />
      <Tile
        label={words.average}
        value={shown(statistics?.average_transaction_value_cents)}
        definition={words.averageHint}
      />
      {statistics?.other_currencies.map(({ currency, total_revenue_cents, transaction_count }) => (
        <Tile
          key={currency}
          label={words.other(currency)}
          value={money(total_revenue_cents, currency)}
          definition={words.otherHint(transaction_count)}
        />
      ))}
    </Tiles>
  );
}

function revenueChange({ total_revenue_cents, currency }: RevenueStatistics, before: RevenueBefore): ReactNode {
  if (before.cents === 0) return compared.nothingBefore;
  const by = (100 * (total_revenue_cents - before.cents)) / before.cents;
  const against = compared.from(money(before.cents, currency));
  return <Change by={by} shown={compared.relative(by)} against={against} welcome="up" />;
}

function paymentsChange({ transaction_count }: RevenueStatistics, { payments }: RevenueBefore): ReactNode {
  const by = transaction_count - payments;
  return <Change by={by} shown={compared.absolute(by)} against={compared.from(text.number(payments))} welcome="up" />;
}
