import { SegmentedControl, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import CalendarDaysIcon from "lucide-react/icons/calendar-days";
import { useId, useState } from "react";

import type { Customer } from "@/api/shapes";
import { useBookingDesk } from "@/booking/desk";
import { appointmentsPage } from "@/booking/queries";
import { text } from "@/text";
import { DataTable } from "@/ui/DataTable";
import { Pager } from "@/ui/DataTable/Pager";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import { useUrlState } from "@/ui/useUrlState";

import classes from "./customer.module.css";
import { useHistoryColumns } from "./useHistoryColumns";

const PAGE_SIZE = 10;
const defaults = { show: "all", page: 1, ordering: "-start_at" };
const { shown: WORDS } = text.customers.one;

/** Everything a customer had and will have. */
export function History({ customer }: { customer: Customer }) {
  const desk = useBookingDesk();
  const columns = useHistoryColumns();
  const headingId = useId();
  // The same moment for as long as the screen is open, so that the pages of a list fit together.
  const [now] = useState(() => new Date().toISOString());
  const [{ show, page, ordering }, change] = useUrlState(defaults);
  const shown = show === "upcoming" || show === "past" ? show : "all";
  const span = { all: {}, upcoming: { start_after: now }, past: { start_before: now } }[shown];
  const filter = { customer_id: customer.id, ...span, ordering, page, page_size: PAGE_SIZE };
  const { data, error, refetch, isPlaceholderData } = useQuery(appointmentsPage(filter));
  const words = text.customers.one;
  return (
    <section aria-labelledby={headingId}>
      <div className={classes.head}>
        <Title order={2} size="h5" id={headingId}>
          {words.history}
        </Title>
        <SegmentedControl
          size="sm"
          aria-label={words.which}
          data={Object.entries(WORDS).map(([value, label]) => ({ value, label }))}
          value={shown}
          onChange={(value) => {
            // What lies ahead begins with what comes next.
            change({ show: value, page: 1, ordering: value === "upcoming" ? "start_at" : "-start_at" });
          }}
        />
      </div>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          <DataTable
            caption={words.historyCaption(customer.name)}
            columns={columns}
            rows={data?.results}
            rowKey={({ id }) => id}
            ordering={ordering}
            onOrdering={(wanted) => change({ ordering: wanted, page: 1 })}
            onOpen={({ id }) => desk.show(id)}
            isPending={isPlaceholderData}
            empty={
              <EmptyState icon={<CalendarDaysIcon aria-hidden size={22} />} heading={words.noHistory[shown]} level={3}>
                {words.noHistoryBody(customer.name)}
              </EmptyState>
            }
          />
          <Pager page={page} pageSize={PAGE_SIZE} count={data?.count} onPage={(wanted) => change({ page: wanted })} />
        </>
      )}
    </section>
  );
}
