import { Button, Checkbox, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useId } from "react";

import { text } from "@/text";

import type { Dataset } from "../choice";
import classes from "./ColumnPicker.module.css";

interface ColumnPickerProps {
  dataset: Dataset;
  /** The chosen ones; empty for all. */
  fields: readonly string[];
  onChange: (fields: string[]) => void;
}

/** Which columns the file has: all of them, until some are left out. */
export function ColumnPicker({ dataset: { columns }, fields, onChange }: ColumnPickerProps) {
  const [isOpen, list] = useDisclosure(fields.length > 0);
  const listId = useId();
  const chosen = fields.length === 0 ? columns.map(({ name }) => name) : fields;
  const isAll = chosen.length === columns.length;
  const toggle = (name: string) => {
    onChange(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name]);
  };
  return (
    <fieldset className={classes.picker}>
      <legend className={classes.legend}>{text.dataExport.columns}</legend>
      <Group gap={8}>
        <Text size="sm">
          {isAll
            ? text.dataExport.allColumns(columns.length)
            : text.dataExport.someColumns(chosen.length, columns.length)}
        </Text>
        <Button variant="subtle" size="compact-sm" aria-expanded={isOpen} aria-controls={listId} onClick={list.toggle}>
          {isOpen ? text.dataExport.hideColumns : text.dataExport.chooseColumns}
        </Button>
        {!isAll && (
          <Button variant="subtle" size="compact-sm" onClick={() => onChange([])}>
            {text.dataExport.selectAll}
          </Button>
        )}
      </Group>
      <div id={listId} className={classes.list} hidden={!isOpen}>
        {isOpen &&
          columns.map(({ name, summary }) => (
            <Checkbox
              key={name}
              label={<span className={classes.name}>{name}</span>}
              description={chosen.length === 1 && chosen[0] === name ? text.dataExport.keepOne : summary}
              checked={chosen.includes(name)}
              disabled={chosen.length === 1 && chosen[0] === name}
              onChange={() => toggle(name)}
            />
          ))}
      </div>
    </fieldset>
  );
}
