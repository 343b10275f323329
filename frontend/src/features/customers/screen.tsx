import { Button, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import PlusIcon from "lucide-react/icons/plus";
import { generatePath, useNavigate } from "react-router";

import { useViewer } from "@/api/viewer";
import { paths } from "@/paths";
import { text } from "@/text";
import { DataTable } from "@/ui/DataTable";
import { Pager } from "@/ui/DataTable/Pager";
import { ErrorState } from "@/ui/ErrorState";
import { PageHeader } from "@/ui/PageHeader";
import { useUrlState } from "@/ui/useUrlState";

import { columnsFor } from "./components/columns";
import { CustomerDialog } from "./components/CustomerDialog";
import classes from "./components/customers.module.css";
import { Filters } from "./components/Filters";
import { Nothing } from "./components/Nothing";
import { defaults, filterOf, PAGE_SIZE, type State } from "./filters";
import { customersPage } from "./queries";

/** Everyone the business serves. */
export function Component() {
  const { business } = useViewer();
  const navigate = useNavigate();
  const [state, setState] = useUrlState(defaults);
  const { data, error, refetch, isPlaceholderData } = useQuery(customersPage(filterOf(state)));
  useDocumentTitle(text.title(text.customers.title, business.name));
  const open = (customerId: string) => void navigate(generatePath(paths.customer, { customerId }));
  const narrow = (change: Partial<State>) => setState({ page: 1, ...change });
  const clear = () => narrow({ search: "", tag: "", active: defaults.active });
  const add = () => setState({ new: true });
  return (
    <>
      <PageHeader
        heading={text.customers.title}
        action={
          <Button leftSection={<PlusIcon aria-hidden size={16} />} onClick={add}>
            {text.customers.add}
          </Button>
        }
      >
        <Text c="dimmed">{text.customers.lead}</Text>
      </PageHeader>
      <div className={classes.list}>
        <Filters state={state} onChange={narrow} />
        {error && !data ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <>
            <DataTable
              caption={text.customers.caption}
              columns={columnsFor(business.timezone, (tag) => narrow({ tag }))}
              rows={data?.results}
              rowKey={({ id }) => id}
              ordering={state.ordering}
              onOrdering={(ordering) => narrow({ ordering })}
              onOpen={({ id }) => open(id)}
              isPending={isPlaceholderData}
              empty={<Nothing state={state} onAdd={add} onClear={clear} />}
            />
            <Pager
              page={state.page}
              pageSize={PAGE_SIZE}
              count={data?.count}
              onPage={(page) => setState({ page })}
            />
          </>
        )}
      </div>
      <CustomerDialog opened={state.new} onClose={() => setState({ new: false })} onSaved={({ id }) => open(id)} />
    </>
  );
}
