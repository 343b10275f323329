import type { StatisticsFilter } from "@/api/analytics";
import type { AppointmentStatus } from "@/api/shapes";

export const statusColors: Record<AppointmentStatus, string> = {
  completed: "var(--chart-completed)",
  confirmed: "var(--chart-confirmed)",
  pending: "var(--chart-pending)",
  cancelled: "var(--chart-cancelled)",
  no_show: "var(--chart-no-show)",
};

/** The height of the charts that stand beside each other. */
export const HALF_HEIGHT = 304;

/** What every card of this screen is drawn from. A card asks for nothing itself. */
export interface CardProps<Statistics> {
  /** Undefined until known. */
  statistics: Statistics | undefined;
  filter: StatisticsFilter;
}

/** Returns the name of a chart's CSV, such as appointments-by-service_2026-11-16_2026-11-22. */
export function fileNameOf(what: string, by: string, range: { first: string; last: string } | undefined): string {
  return [`${what}-by-${by}`, range?.first, range?.last].filter(Boolean).join("_");
}
