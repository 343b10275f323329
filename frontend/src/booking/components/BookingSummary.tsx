import type { Resource, Service } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { money } from "@/text/money";
import { clockRange, weekdayDate } from "@/time/format";

import type { Draft } from "../draft";
import classes from "./BookingSummary.module.css";

const MINUTE_MS = 60_000;

interface BookingSummaryProps {
  services: readonly Service[] | undefined;
  resources: readonly Resource[] | undefined;
  draft: Draft;
}

/** What will be booked, in words. */
export function BookingSummary({ services, resources, draft }: BookingSummaryProps) {
  const { business } = useViewer();
  const { serviceId, resourceId, start } = draft;
  const service = services?.find(({ id }) => id === serviceId);
  if (service === undefined || start.at === null) return null;
  const endAt = new Date(start.at.getTime() + service.duration_minutes * MINUTE_MS);
  const by = resources?.find(({ id }) => id === resourceId)?.name ?? text.booking.form.anyoneInWords;
  return (
    <div className={classes.summary} role="status">
      <span className={classes.when}>
        {weekdayDate(start.at, business.timezone)},<br /> {clockRange(start.at, endAt, business.timezone)}
      </span>
      <span className={classes.what}>
        {service.name}, {text.booking.form.withName(by)}
      </span>
      <span className={classes.price}>{money(service.price_cents ?? 0, service.currency ?? business.currency)}</span>
    </div>
  );
}
