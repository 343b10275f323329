import { useQuery } from "@tanstack/react-query";
import type { CSSProperties } from "react";

import { resourcesQuery } from "@/api/scheduling";
import type { Appointment, Resource } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { money } from "@/text/money";
import { clockRange, dateInFull } from "@/time/format";
import { dateIn } from "@/time/zone";
import type { Column } from "@/ui/DataTable";
import { StatusBadge } from "@/ui/StatusBadge";

import classes from "./useColumns.module.css";

/** What is said of each appointment. */
export function useColumns(): Column<Appointment>[] {
  const { business } = useViewer();
  const { data: resources = [] } = useQuery(resourcesQuery);
  const { columns } = text.appointments;
  return [
    {
      key: "customer",
      heading: columns.customer,
      isTitle: true,
      cell: ({ customer_name }) => customer_name,
    },
    {
      key: "when",
      heading: columns.when,
      sortBy: "start_at",
      cell: (appointment) => <When appointment={appointment} zone={business.timezone} />,
    },
    { key: "service", heading: columns.service, cell: ({ service_name }) => service_name },
    {
      key: "with",
      heading: columns.with,
      cell: (appointment) => <Party ids={appointment.resources} resources={resources} />,
    },
    {
      key: "status",
      heading: columns.status,
      sortBy: "status",
      cell: ({ status }) => <StatusBadge status={status} />,
    },
    {
      key: "price",
      heading: columns.price,
      align: "end",
      sortBy: "price_cents",
      isWide: true,
      cell: ({ price_cents, currency }) => money(price_cents, currency),
    },
  ];
}

function When({ appointment: { start_at, end_at }, zone }: { appointment: Appointment; zone: string }) {
  const startAt = new Date(start_at);
  return (
    <time dateTime={start_at} className={classes.when}>
      <span>{dateInFull(dateIn(startAt, zone))}</span>
      <span className={classes.clock}>{clockRange(startAt, new Date(end_at), zone)}</span>
    </time>
  );
}

function Party({ ids, resources }: { ids: readonly number[]; resources: readonly Resource[] }) {
  const taking = ids.flatMap((id) => resources.find((resource) => resource.id === id) ?? []);
  return (
    <span className={classes.party}>
      {taking.map(({ id, name, color }) => (
        <span key={id} className={classes.resource} style={{ "--resource": color } as CSSProperties}>
          {name}
        </span>
      ))}
    </span>
  );
}
