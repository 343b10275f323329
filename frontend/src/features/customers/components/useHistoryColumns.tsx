import { useQuery } from "@tanstack/react-query";

import { resourcesQuery } from "@/api/scheduling";
import type { Appointment } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { money } from "@/text/money";
import { clockRange, mediumDate } from "@/time/format";
import type { Column } from "@/ui/DataTable";
import { StatusBadge } from "@/ui/StatusBadge";

import classes from "./customer.module.css";

/** The columns of a customer's appointments. */
export function useHistoryColumns(): Column<Appointment>[] {
  const { business } = useViewer();
  const { data: resources = [] } = useQuery(resourcesQuery);
  const { historyColumns: headings } = text.customers.one;
  const namesOf = (ids: readonly number[]) =>
    ids.flatMap((id) => resources.find((resource) => resource.id === id)?.name ?? []).join(", ");
  return [
    { key: "service", heading: headings.service, isTitle: true, cell: ({ service_name }) => service_name },
    {
      key: "when",
      heading: headings.when,
      sortBy: "start_at",
      cell: (appointment) => <When appointment={appointment} zone={business.timezone} />,
    },
    { key: "with", heading: headings.with, cell: ({ resources: ids }) => namesOf(ids) },
    {
      key: "status",
      heading: headings.status,
      sortBy: "status",
      cell: ({ status }) => <StatusBadge status={status} />,
    },
    {
      key: "price",
      heading: headings.price,
      align: "end",
      cell: ({ price_cents, currency }) => money(price_cents, currency),
    },
  ];
}

function When({ appointment: { start_at, end_at }, zone }: { appointment: Appointment; zone: string }) {
  const startAt = new Date(start_at);
  return (
    <time dateTime={start_at} className={classes.when}>
      <span>{mediumDate(startAt, zone)}</span>
      <span className={classes.quiet}>{clockRange(startAt, new Date(end_at), zone)}</span>
    </time>
  );
}
