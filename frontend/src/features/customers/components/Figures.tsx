import { useQuery } from "@tanstack/react-query";

import { customerFiguresQuery } from "@/api/scheduling";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { dateAndTime, mediumDate } from "@/time/format";
import { ErrorState } from "@/ui/ErrorState";
import { Tile, Tiles } from "@/ui/Tile";


/** What a customer's appointments add up to. */
export function Figures({ customerId }: { customerId: string }) {
  const { business } = useViewer();
  const { data: figures, error, refetch } = useQuery(customerFiguresQuery(customerId));
  const words = text.customers.one;
  if (!figures && error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const on = (instant: string) => mediumDate(new Date(instant), business.timezone);
  const { next_at, last_at, first_at } = figures ?? {};
  return (
    <Tiles>
      <Tile
        label={words.visits}
        value={figures && text.number(figures.completed)}
        definition={figures ? words.visitsHint(figures.cancelled) : ""}
      />
      <Tile
        label={words.noShows}
        value={figures && text.number(figures.no_shows)}
        definition={figures ? words.noShowsHint(figures.appointments) : ""}
      />
      <Tile
        label={words.next}
        value={figures && (next_at ? dateAndTime(new Date(next_at), business.timezone) : words.nothingAhead)}
        definition={figures ? words.nextHint(figures.upcoming) : ""}
      />
      <Tile
        label={words.last}
        value={figures && (last_at ? on(last_at) : words.never)}
        definition={first_at ? words.lastHint(on(first_at)) : ""}
      />
    </Tiles>
  );
}
