import { Button, Select } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import CalendarIcon from "lucide-react/icons/calendar";
import { useState } from "react";

import { text } from "@/text";
import { SearchField } from "@/ui/SearchField";

import { METHODS, type State, STATUSES } from "../filters";
import classes from "./payments.module.css";

interface FiltersProps {
  state: State;
  onChange: (change: Partial<State>) => void;
  onClear: () => void;
}

/** What narrows the list. */
export function Filters({ state, onChange, onClear }: FiltersProps) {
  const { payments } = text;
  return (
    <>
      <div className={classes.filters} role="search" aria-label={payments.filters}>
        <SearchField label={payments.search} value={state.search} onSearch={(search) => onChange({ search })} />
        <Select
          aria-label={payments.status}
          placeholder={payments.anyStatus}
          data={STATUSES.map((value) => ({ value, label: payments.statuses[value] }))}
          value={state.status || null}
          clearable
          clearButtonProps={{ "aria-label": payments.clear }}
          onChange={(status) => onChange({ status: status ?? "" })}
        />
        <Select
          aria-label={payments.method}
          placeholder={payments.anyMethod}
          data={METHODS.map((value) => ({ value, label: payments.methods[value] }))}
          value={state.method || null}
          clearable
          clearButtonProps={{ "aria-label": payments.clear }}
          onChange={(method) => onChange({ method: method ?? "" })}
        />
        <Dates from={state.from} until={state.until} onChange={onChange} />
      </div>
      {(state.appointment || state.customer) && (
        <div className={classes.chip}>
          {state.appointment ? payments.ofAppointment : payments.ofCustomer}
          <Button variant="subtle" size="compact-sm" onClick={onClear}>
            {payments.showAll}
          </Button>
        </div>
      )}
    </>
  );
}

type Range = [string | null, string | null];

/** A range of days. While only its first day is chosen, it narrows nothing yet. */
function Dates({ from, until, onChange }: Pick<State, "from" | "until"> & Pick<FiltersProps, "onChange">) {
  const [begun, setBegun] = useState<string | null>(null);
  const shown: Range = begun === null ? [from || null, until || null] : [begun, null];
  const choose = ([first, last]: Range) => {
    const isOpen = first !== null && last === null;
    setBegun(isOpen ? first : null);
    if (!isOpen) onChange({ from: first ?? "", until: last ?? "" });
  };
  return (
    <DatePickerInput
      type="range"
      className={classes.dates}
      aria-label={text.payments.dates}
      placeholder={text.payments.anyDate}
      classNames={{ placeholder: classes.placeholder }}
      value={shown}
      allowSingleDateInRange
      clearable
      clearButtonProps={{ "aria-label": text.payments.clear }}
      leftSection={<CalendarIcon aria-hidden size={16} />}
      leftSectionPointerEvents="none"
      onChange={choose}
    />
  );
}
