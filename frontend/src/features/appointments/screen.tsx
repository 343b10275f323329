import "@mantine/dates/styles.layer.css";

import { Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useViewer } from "@/api/viewer";
import { useBookingDesk } from "@/booking/desk";
import { NewAppointmentButton } from "@/booking/NewAppointmentButton";
import { appointmentsPage } from "@/booking/queries";
import { text } from "@/text";
import { DataTable } from "@/ui/DataTable";
import { Pager } from "@/ui/DataTable/Pager";
import { ErrorState } from "@/ui/ErrorState";
import { PageHeader } from "@/ui/PageHeader";
import { useUrlState } from "@/ui/useUrlState";

import { FilterBar } from "./components/FilterBar";
import { Nothing } from "./components/Nothing";
import { useColumns } from "./components/useColumns";
import { asAsked, type Filters, isFiltered, orderingOf, PAGE_SIZE, UNFILTERED } from "./filters";

/** All appointments, by period, status, service, resource and customer. */
export function Component() {
  const { business } = useViewer();
  const { show } = useBookingDesk();
  const columns = useColumns();
  const [now] = useState(() => new Date());
  const [filters, setFilters] = useUrlState(UNFILTERED);
  const { data, error, refetch, isPlaceholderData } = useQuery(
    appointmentsPage(asAsked(filters, now, business.timezone)),
  );
  useDocumentTitle(text.title(text.appointments.title, business.name));
  /** Other filters have other pages. */
  const filter = (changes: Partial<Filters>) => setFilters({ page: 1, ...changes });
  const clear = () => setFilters(UNFILTERED);
  return (
    <>
      <PageHeader heading={text.appointments.title} action={<NewAppointmentButton />}>
        <Text c="dimmed">{text.appointments.lead}</Text>
      </PageHeader>
      <FilterBar filters={filters} onFilter={filter} onClear={clear} />
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          <DataTable
            caption={text.appointments.caption}
            columns={columns}
            rows={data?.results}
            rowKey={({ id }) => id}
            onOpen={({ id }) => show(id)}
            ordering={orderingOf(filters)}
            onOrdering={(ordering) => filter({ ordering })}
            isPending={isPlaceholderData}
            empty={<Nothing isFiltered={isFiltered(filters)} onClear={clear} />}
          />
          <Pager
            page={filters.page}
            pageSize={PAGE_SIZE}
            count={data?.count}
            onPage={(page) => setFilters({ page })}
          />
        </>
      )}
    </>
  );
}
