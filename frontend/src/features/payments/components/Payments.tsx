import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import CreditCardIcon from "lucide-react/icons/credit-card";
import SearchXIcon from "lucide-react/icons/search-x";

import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { DataTable } from "@/ui/DataTable";
import { Pager } from "@/ui/DataTable/Pager";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";

import { defaults, filterOf, isNarrowed, type State } from "../filters";
import { PAGE_SIZE, paymentsQuery } from "../queries";
import { columnsIn } from "./columns";
import { Filters } from "./Filters";
import { PaymentDrawer } from "./PaymentDrawer";
import classes from "./payments.module.css";
import { RecordDialog } from "./RecordDialog";
import { Totals } from "./Totals";

interface PaymentsProps {
  state: State;
  onChange: (change: Partial<State>) => void;
}

/** The list, a payment opened from it, and the form for a new one; the address says which. */
export function Payments({ state, onChange }: PaymentsProps) {
  const { business } = useViewer();
  const { data, error, refetch, isPlaceholderData } = useQuery(paymentsQuery(filterOf(state, business.timezone)));
  const clear = () => {
    const { search, status, method, from, until, appointment, customer } = defaults;
    onChange({ search, status, method, from, until, appointment, customer, page: 1 });
  };
  return (
    <div className={classes.list}>
      <Filters state={state} onChange={(change) => onChange({ page: 1, ...change })} onClear={clear} />
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          {data && <Totals payments={data.results} />}
          <DataTable
            caption={text.payments.caption}
            columns={columnsIn(business.timezone)}
            rows={data?.results}
            rowKey={({ id }) => id}
            ordering={state.ordering}
            onOrdering={(ordering) => onChange({ ordering, page: 1 })}
            onOpen={({ id }) => onChange({ payment: id })}
            isPending={isPlaceholderData}
            empty={<Nothing isNarrowed={isNarrowed(state)} onClear={clear} />}
          />
          <Pager page={state.page} pageSize={PAGE_SIZE} count={data?.count} onPage={(page) => onChange({ page })} />
        </>
      )}
      <PaymentDrawer id={state.payment} onClose={() => onChange({ payment: "" })} />
      <RecordDialog wanted={state.record} onClose={() => onChange({ record: "" })} />
    </div>
  );
}

function Nothing({ isNarrowed: isFiltered, onClear }: { isNarrowed: boolean; onClear: () => void }) {
  if (!isFiltered) {
    return (
      <EmptyState icon={<CreditCardIcon aria-hidden size={22} />} heading={text.payments.emptyHeading}>
        {text.payments.empty}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<SearchXIcon aria-hidden size={22} />}
      heading={text.payments.noMatchHeading}
      action={
        <Button variant="default" onClick={onClear}>
          {text.payments.clearFilters}
        </Button>
      }
    >
      {text.payments.noMatch}
    </EmptyState>
  );
}
