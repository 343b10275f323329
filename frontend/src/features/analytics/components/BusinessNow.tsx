import type { DashboardFigures } from "@/api/shapes";
import { text } from "@/text";
import { analytics } from "@/text/analytics";
import { fullHour } from "@/time/format";
import { Tile, Tiles } from "@/ui/Tile";

const words = analytics.now;

/** How the business stands at this moment; no filter applies. */
export function BusinessNow({ figures }: { figures: DashboardFigures | undefined }) {
  const day = figures?.peak_booking_day ?? null;
  const hour = figures?.peak_booking_hour ?? null;
  const weekday = day === null ? words.none : (text.glance.weekdays[day] ?? day);
  return (
    <Tiles>
      <Tile
        label={words.thisMonth}
        value={figures && text.number(figures.total_appointments_this_month)}
        definition={figures && words.thisMonthHint(figures.total_appointments_all_time)}
      />
      <Tile
        label={words.upcoming}
        value={figures && text.number(figures.upcoming_appointments_count)}
        definition={words.upcomingHint}
      />
      <Tile
        label={words.length}
        value={figures && words.minutes(figures.average_appointment_duration_minutes)}
        definition={words.lengthHint}
      />
      <Tile
        label={words.busiest}
        value={figures && weekday}
        definition={figures && (hour === null ? words.noBusiestHint : words.busiestHint(fullHour(hour)))}
      />
      <Tile
        label={words.resources}
        value={figures && text.number(figures.active_resources_count)}
        definition={words.activeHint}
      />
      <Tile
        label={words.services}
        value={figures && text.number(figures.active_services_count)}
        definition={words.activeHint}
      />
    </Tiles>
  );
}
