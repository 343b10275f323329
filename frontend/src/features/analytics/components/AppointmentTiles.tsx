import type { ReactNode } from "react";

import type { AppointmentStatistics } from "@/api/shapes";
import { text } from "@/text";
import { analytics } from "@/text/analytics";
import { Tile, Tiles } from "@/ui/Tile";
import { Change } from "@/ui/Tile/Change";

import type { AppointmentsBefore } from "../figures";
import type { CardProps } from "./card";

interface AppointmentTilesProps extends CardProps<AppointmentStatistics> {
  /** The window before; undefined where it is not known. */
  before: AppointmentsBefore | undefined;
}

const words = analytics.appointments;
const { compared } = analytics;

/** The appointments of a window in four figures. */
export function AppointmentTiles({ statistics, before, filter }: AppointmentTilesProps) {
  const total = statistics?.total ?? 0;
  const completed = statistics?.by_status.completed ?? 0;
  return (
    <Tiles>
      <Tile
        label={words.total}
        value={statistics && text.number(total)}
        definition={words.totalHint}
        comparison={statistics && before ? totalChange(statistics, before) : null}
      />
      <Tile
        label={words.completed}
        value={statistics && text.number(completed)}
        definition={statistics && words.completedHint(total === 0 ? 0 : (100 * completed) / total)}
        comparison={statistics && before ? countChange(completed, before.byStatus.completed) : null}
      />
      {filter.status === undefined ? (
        <Rates statistics={statistics} before={before} />
      ) : (
        <>
          <Tile label={words.cancellations} value={words.noRate} definition={words.noRateHint} />
          <Tile label={words.noShows} value={words.noRate} definition={words.noRateHint} />
        </>
      )}
    </Tiles>
  );
}

function Rates({ statistics, before }: Pick<AppointmentTilesProps, "statistics" | "before">) {
  const total = statistics?.total ?? 0;
  const cancelled = statistics?.cancellation_rate_percent;
  const missed = statistics?.no_show_rate_percent;
  return (
    <>
      <Tile
        label={words.cancellations}
        value={cancelled === undefined ? undefined : text.percent(cancelled)}
        definition={statistics && words.cancellationsHint(statistics.by_status.cancelled, total)}
        comparison={cancelled !== undefined && before ? rateChange(cancelled, before.cancellationRate, before) : null}
      />
      <Tile
        label={words.noShows}
        value={missed === undefined ? undefined : text.percent(missed)}
        definition={statistics && words.noShowsHint(statistics.by_status.no_show, total)}
        comparison={missed !== undefined && before ? rateChange(missed, before.noShowRate, before) : null}
      />
    </>
  );
}

function totalChange({ booking_trend_percent: trend }: AppointmentStatistics, { total }: AppointmentsBefore): ReactNode {
  if (trend === null) return compared.nothingBefore;
  const against = compared.from(text.number(total));
  return <Change by={trend} shown={compared.relative(trend)} against={against} welcome="up" />;
}

function countChange(count: number, before: number): ReactNode {
  const by = count - before;
  return <Change by={by} shown={compared.absolute(by)} against={compared.from(text.number(before))} welcome="up" />;
}

/** The difference is that of the two rates as they are shown, so that it can be checked by eye. */
function rateChange(rate: number, before: number, { total }: AppointmentsBefore): ReactNode {
  if (total === 0) return compared.nothingBefore;
  const by = (Math.round(10 * rate) - Math.round(10 * before)) / 10;
  return <Change by={by} shown={compared.points(by)} against={compared.from(text.percent(before))} welcome="down" />;
}
