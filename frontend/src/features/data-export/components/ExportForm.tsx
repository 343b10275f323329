import { Button, Checkbox, Stack } from "@mantine/core";

import type { ExportCatalogue } from "@/api/shapes";
import { text } from "@/text";

import type { Choice, Format } from "../choice";
import { formatName } from "../words";
import { Choices } from "./Choices";
import { ColumnPicker } from "./ColumnPicker";
import { FilterFields } from "./FilterFields";

interface ExportFormProps {
  catalogue: ExportCatalogue;
  choice: Choice;
  errors: Readonly<Partial<Record<string, string>>>;
  onChange: (choice: Choice) => void;
}

/** What is to be exported: which rows of what, which columns, as what. */
export function ExportForm({ catalogue, choice, errors, onChange }: ExportFormProps) {
  const { dataset, filters, fields, format, bom } = choice;
  const chooseDataset = (key: string) => {
    const wanted = catalogue.datasets.find((one) => one.key === key);
    if (wanted) onChange({ ...choice, dataset: wanted, filters: {}, fields: [] });
  };
  const filter = (name: string, value: string) => {
    const others = Object.entries(filters).filter(([other]) => other !== name);
    onChange({ ...choice, filters: Object.fromEntries(value === "" ? others : [...others, [name, value]]) });
  };
  return (
    <Stack gap={28}>
      <Choices
        label={text.dataExport.dataset}
        value={dataset.key}
        options={catalogue.datasets.map(({ key, name, summary }) => ({ value: key, name, hint: summary }))}
        onChange={chooseDataset}
      />
      <div>
        <FilterFields dataset={dataset} filters={filters} errors={errors} onChange={filter} />
        {Object.keys(filters).length > 0 && (
          <Button variant="subtle" size="compact-sm" mt={8} onClick={() => onChange({ ...choice, filters: {} })}>
            {text.dataExport.clearFilters}
          </Button>
        )}
      </div>
      <div>
        <FormatChoice
          formats={catalogue.formats}
          format={format}
          onChange={(wanted) => onChange({ ...choice, format: wanted, bom: bom && wanted === "csv" })}
        />
        {format === "csv" && (
          <Checkbox
            mt={14}
            label={text.dataExport.bom}
            description={text.dataExport.bomHint}
            checked={bom}
            onChange={(event) => onChange({ ...choice, bom: event.currentTarget.checked })}
          />
        )}
      </div>
      <ColumnPicker
        key={dataset.key}
        dataset={dataset}
        fields={fields}
        onChange={(wanted) => onChange({ ...choice, fields: wanted.length === dataset.columns.length ? [] : wanted })}
      />
    </Stack>
  );
}

interface FormatChoiceProps {
  formats: readonly Format[];
  format: Format;
  onChange: (format: Format) => void;
}

export function FormatChoice({ formats, format, onChange }: FormatChoiceProps) {
  return (
    <Choices
      label={text.dataExport.format}
      value={format}
      options={formats.map((name) => ({
        value: name,
        name: formatName(name),
        hint: text.dataExport.formats[name]?.hint ?? "",
      }))}
      onChange={(wanted) => {
        const known = formats.find((name) => name === wanted);
        if (known) onChange(known);
      }}
    />
  );
}
