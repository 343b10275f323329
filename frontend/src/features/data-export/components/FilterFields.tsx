import { Select, TextInput } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { useQuery } from "@tanstack/react-query";
import CalendarIcon from "lucide-react/icons/calendar";

import { resourcesQuery, servicesQuery } from "@/api/scheduling";
import { text } from "@/text";

import type { Dataset, Filter } from "../choice";
import { filterLabel, optionsOf } from "../words";
import classes from "./FilterFields.module.css";

type Errors = Readonly<Partial<Record<string, string>>>;

interface FilterFieldsProps {
  dataset: Dataset;
  filters: Readonly<Record<string, string>>;
  errors: Errors;
  onChange: (name: string, value: string) => void;
}

/** A field for every filter of a dataset; an empty one does not narrow anything. */
export function FilterFields({ dataset, filters, errors, onChange }: FilterFieldsProps) {
  return (
    <fieldset className={classes.fields}>
      <legend className={classes.legend}>{text.dataExport.filters}</legend>
      {dataset.filters.map((filter) => (
        <FilterField
          key={filter.name}
          filter={filter}
          value={filters[filter.name] ?? ""}
          error={errors[filter.name]}
          least={filter.type === "last_date" ? filters.start_date : undefined}
          onChange={(value) => onChange(filter.name, value)}
        />
      ))}
    </fieldset>
  );
}

interface FilterFieldProps {
  filter: Filter;
  value: string;
  error: string | undefined;
  /** The first date that can be chosen. */
  least: string | undefined;
  onChange: (value: string) => void;
}

function FilterField({ filter, value, error, least, onChange }: FilterFieldProps) {
  const shared = { label: filterLabel(filter), placeholder: text.dataExport.anything, error };
  if (filter.type === "integer") return <NumberedField filter={filter} {...shared} value={value} onChange={onChange} />;
  if (filter.type === "boolean" || filter.type === "choice") {
    return <OneOf {...shared} data={optionsOf(filter)} value={value} onChange={onChange} />;
  }
  return (
    <DatePickerInput
      {...shared}
      classNames={{ placeholder: classes.placeholder }}
      value={value || null}
      minDate={least}
      clearable
      clearButtonProps={{ "aria-label": text.dataExport.clear }}
      leftSection={<CalendarIcon aria-hidden size={16} />}
      leftSectionPointerEvents="none"
      onChange={(date) => onChange(date ?? "")}
    />
  );
}

interface FieldProps {
  label: string;
  placeholder: string;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
}

/** A filter by number: by name where it numbers services or resources. */
function NumberedField({ filter, ...field }: FieldProps & { filter: Filter }) {
  if (filter.name === "service_id") return <ServiceField {...field} />;
  if (filter.name === "resource_id") return <ResourceField {...field} />;
  return (
    <TextInput
      {...field}
      inputMode="numeric"
      onChange={(event) => field.onChange(event.currentTarget.value.replace(/\D/g, ""))}
    />
  );
}

function ServiceField(field: FieldProps) {
  const { data, isError } = useQuery(servicesQuery);
  return <Named {...field} rows={data} isError={isError} />;
}

function ResourceField(field: FieldProps) {
  const { data, isError } = useQuery(resourcesQuery);
  return <Named {...field} rows={data} isError={isError} />;
}

interface NamedProps extends FieldProps {
  rows: readonly { id: number; name: string }[] | undefined;
  isError: boolean;
}

function Named({ rows, isError, error, ...field }: NamedProps) {
  const data = rows?.map(({ id, name }) => ({ value: String(id), label: name })) ?? [];
  const problem = rows === undefined && isError ? text.dataExport.optionsFailed : undefined;
  return <OneOf {...field} data={data} error={error ?? problem} />;
}

function OneOf({ data, value, onChange, ...field }: FieldProps & { data: { value: string; label: string }[] }) {
  return (
    <Select
      {...field}
      data={data}
      value={value || null}
      searchable={data.length > 8}
      clearable
      clearButtonProps={{ "aria-label": text.dataExport.clear }}
      onChange={(chosen) => onChange(chosen ?? "")}
    />
  );
}
