import { Button, Collapse, Select } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { useDisclosure } from "@mantine/hooks";
import ListFilterIcon from "lucide-react/icons/list-filter";
import { useId } from "react";

import { text } from "@/text";
import { entriesOf } from "@/plan/entriesOf";
import { SearchField } from "@/ui/SearchField";

import { countOf, type Filters, isFiltered, periodOf } from "../filters";
import classes from "./FilterBar.module.css";
import { MoreFilters } from "./MoreFilters";

interface FilterBarProps {
  filters: Filters;
  onFilter: (changes: Partial<Filters>) => void;
  onClear: () => void;
}

/** Which appointments are shown. On a phone all but the search and the period wait behind a button. */
export function FilterBar({ filters, onFilter, onClear }: FilterBarProps) {
  const words = text.appointments.filters;
  const [isOpen, { toggle }] = useDisclosure(countOf(filters) > 0);
  const panelId = useId();
  const period = periodOf(filters);
  return (
    <section className={classes.bar} aria-label={words.label}>
      <div className={classes.row}>
        <div className={classes.search}>
          <SearchField
            label={text.appointments.search}
            value={filters.search}
            onSearch={(search) => onFilter({ search })}
          />
        </div>
        <Select
          className={classes.period}
          aria-label={words.period}
          data={entriesOf(words.periods).map(([value, label]) => ({ value, label }))}
          value={period}
          allowDeselect={false}
          checkIconPosition="right"
          onChange={(chosen) => onFilter({ period: chosen ?? "upcoming", from: "", to: "", ordering: "" })}
        />
        {period === "custom" && (
          <DatePickerInput
            className={classes.dates}
            type="range"
            aria-label={words.dates}
            placeholder={words.chooseDates}
            allowSingleDateInRange
            clearable
            value={[filters.from || null, filters.to || null]}
            onChange={([from, to]) => onFilter({ from: from ?? "", to: to ?? "" })}
          />
        )}
        <Button
          className={classes.toggle}
          variant="default"
          leftSection={<ListFilterIcon aria-hidden size={16} />}
          aria-expanded={isOpen}
          aria-controls={panelId}
          onClick={toggle}
        >
          {words.more(countOf(filters))}
        </Button>
        {isFiltered(filters) && (
          <Button variant="subtle" color="gray" onClick={onClear}>
            {words.clear}
          </Button>
        )}
      </div>
      <Collapse expanded={isOpen} id={panelId}>
        <MoreFilters filters={filters} onFilter={onFilter} />
      </Collapse>
    </section>
  );
}
