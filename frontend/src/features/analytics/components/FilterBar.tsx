import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { resourcesQuery, servicesQuery } from "@/api/scheduling";
import { text } from "@/text";
import { analytics } from "@/text/analytics";

import classes from "../analytics.module.css";
import { filterDefaults, type FilterState, statuses } from "../filters";
import { PeriodChoice } from "./PeriodChoice";

interface FilterBarProps {
  state: FilterState;
  onChange: (change: Partial<FilterState>) => void;
}

const words = analytics.filters;

/** Which appointments are counted. */
export function FilterBar({ state, onChange }: FilterBarProps) {
  const { data: services } = useQuery(servicesQuery);
  const { data: resources } = useQuery(resourcesQuery);
  const isChanged = state.status !== "" || state.service_id !== "" || state.resource_id !== "" || state.days !== 30;
  return (
    <search className={classes.filters} aria-label={words.heading}>
      <PeriodChoice days={state.days} onChange={(days) => onChange({ days })} />
      <div className={classes.narrowing}>
        <Choice
          label={words.service}
          none={words.anyService}
          value={state.service_id}
          options={optionsOf(services)}
          onChange={(service_id) => onChange({ service_id })}
        />
        <Choice
          label={words.resource}
          none={words.anyResource}
          value={state.resource_id}
          options={optionsOf(resources)}
          onChange={(resource_id) => onChange({ resource_id })}
        />
        <Choice
          label={words.status}
          none={words.anyStatus}
          value={state.status}
          options={statuses.map((status) => ({ value: status, label: text.status[status] }))}
          onChange={(status) => onChange({ status })}
        />
        {isChanged && (
          <Button variant="subtle" className={classes.reset} onClick={() => onChange(filterDefaults)}>
            {words.reset}
          </Button>
        )}
      </div>
    </search>
  );
}

interface ChoiceProps {
  label: string;
  /** Shown while nothing is chosen. */
  none: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Choice({ label, none, value, options, onChange }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      placeholder={none}
      value={value === "" ? null : value}
      data={options}
      clearable
      searchable={options.length > 8}
      checkIconPosition="right"
      comboboxProps={{ shadow: "md" }}
      clearButtonProps={{ "aria-label": none }}
      onChange={(chosen) => onChange(chosen ?? "")}
    />
  );
}

function optionsOf(rows: readonly { id: number; name: string; is_active?: boolean }[] = []) {
  return rows.map(({ id, name, is_active }) => ({ value: String(id), label: is_active === false ? words.inactive(name) : name }));
}
