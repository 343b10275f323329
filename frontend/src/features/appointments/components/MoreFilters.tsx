import { CloseButton, MultiSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { customerQuery, resourcesQuery, servicesQuery } from "@/api/scheduling";
import { text } from "@/text";

import { type Filters, STATUSES } from "../filters";
import classes from "./FilterBar.module.css";

interface MoreFiltersProps {
  filters: Filters;
  onFilter: (changes: Partial<Filters>) => void;
}

/** Status, service, resource; and the customer, where a link named one. */
export function MoreFilters({ filters, onFilter }: MoreFiltersProps) {
  const { data: services = [] } = useQuery(servicesQuery);
  const { data: resources = [] } = useQuery(resourcesQuery);
  const words = text.appointments.filters;
  return (
    <div className={classes.more}>
      <MultiSelect
        label={words.status}
        placeholder={filters.status.length === 0 ? words.anyStatus : ""}
        data={STATUSES.map((value) => ({ value, label: text.status[value] }))}
        value={filters.status}
        onChange={(status) => onFilter({ status })}
      />
      <IdSelect
        label={words.service}
        any={words.anyService}
        rows={services}
        value={filters.service}
        onChange={(service) => onFilter({ service })}
      />
      <IdSelect
        label={words.resource}
        any={words.anyResource}
        rows={resources}
        value={filters.resource}
        onChange={(resource) => onFilter({ resource })}
      />
      {filters.customer !== "" && <OfCustomer id={filters.customer} onAll={() => onFilter({ customer: "" })} />}
    </div>
  );
}

interface IdSelectProps {
  label: string;
  /** What choosing none of them is called. */
  any: string;
  rows: readonly { id: number; name: string }[];
  /** 0 for any. */
  value: number;
  onChange: (id: number) => void;
}

function IdSelect({ label, any, rows, value, onChange }: IdSelectProps) {
  return (
    <Select
      label={label}
      data={[{ value: "0", label: any }, ...rows.map(({ id, name }) => ({ value: String(id), label: name }))]}
      value={String(value)}
      allowDeselect={false}
      searchable
      onChange={(chosen) => onChange(Number(chosen ?? 0))}
    />
  );
}

function OfCustomer({ id, onAll }: { id: string; onAll: () => void }) {
  const { data: customer } = useQuery(customerQuery(id));
  if (customer === undefined) return null;
  return (
    <span className={classes.customer}>
      {text.appointments.filters.ofCustomer(customer.name)}
      <CloseButton size="sm" aria-label={text.appointments.filters.allCustomers(customer.name)} onClick={onAll} />
    </span>
  );
}
