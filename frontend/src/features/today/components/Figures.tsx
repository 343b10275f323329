import { Skeleton } from "@mantine/core";

import type { DashboardFigures } from "@/api/shapes";
import { text } from "@/text";
import { fullHour } from "@/time/format";

import classes from "./Figures.module.css";

interface FiguresProps {
  /** Undefined until known; each keeps its place. */
  figures: DashboardFigures | undefined;
}

/** The figures with what each of them counts. */
export function Figures({ figures }: FiguresProps) {
  const day = figures?.peak_booking_day ?? null;
  const hour = figures?.peak_booking_hour ?? null;
  const busiest = day === null ? text.glance.none : (text.glance.weekdays[day] ?? day);
  return (
    <dl className={classes.figures}>
      <Figure
        label={text.glance.thisMonth}
        value={figures && text.number(figures.total_appointments_this_month)}
        hint={figures && text.glance.thisMonthHint(figures.total_appointments_all_time)}
      />
      <Figure
        label={text.glance.upcoming}
        value={figures && text.number(figures.upcoming_appointments_count)}
        hint={figures && text.glance.upcomingHint}
      />
      <Figure
        label={text.glance.duration}
        value={figures && text.glance.minutes(text.number(Math.round(figures.average_appointment_duration_minutes)))}
        hint={figures && text.glance.durationHint}
      />
      <Figure
        label={text.glance.busiest}
        value={figures && busiest}
        hint={figures && (hour === null ? text.glance.noBusiestHint : text.glance.busiestHint(fullHour(hour)))}
      />
    </dl>
  );
}

interface FigureProps {
  label: string;
  value: string | undefined;
  hint: string | undefined;
}

function Figure({ label, value, hint }: FigureProps) {
  return (
    <div className={classes.figure}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>{value ?? <Skeleton h={16} w={56} my={3} ml="auto" />}</dd>
      <dd className={classes.hint}>{hint ?? <Skeleton h={12} w="75%" my={4} />}</dd>
    </div>
  );
}
