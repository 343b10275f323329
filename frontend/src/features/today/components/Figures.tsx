import { Skeleton } from "@mantine/core";

import type { DashboardFigures } from "@/api/shapes";
import { text } from "@/text";
import { fullHour } from "@/time/format";
import { Stat } from "@/ui/Stat";

import classes from "./Figures.module.css";

/** The figures with what each of them counts. */
export function Figures({ figures }: { figures: DashboardFigures }) {
  const { peak_booking_day: day, peak_booking_hour: hour } = figures;
  return (
    <dl className={classes.figures}>
      <Stat
        label={text.glance.thisMonth}
        value={text.number(figures.total_appointments_this_month)}
        hint={text.glance.thisMonthHint(figures.total_appointments_all_time)}
      />
      <Stat
        label={text.glance.upcoming}
        value={text.number(figures.upcoming_appointments_count)}
        hint={text.glance.upcomingHint}
      />
      <Stat
        label={text.glance.duration}
        value={text.glance.minutes(text.number(Math.round(figures.average_appointment_duration_minutes)))}
        hint={text.glance.durationHint}
      />
      <Stat
        label={text.glance.busiest}
        value={day === null ? text.glance.none : (text.glance.weekdays[day] ?? day)}
        hint={hour === null ? text.glance.noBusiestHint : text.glance.busiestHint(fullHour(hour))}
      />
    </dl>
  );
}

/** The shape of the figures, until they are known. */
export function FiguresSkeleton() {
  return (
    <div className={classes.figures} role="status" aria-label={text.loading}>
      {[0, 1, 2, 3].map((tile) => (
        <Skeleton key={tile} h={112} radius={12} />
      ))}
    </div>
  );
}
