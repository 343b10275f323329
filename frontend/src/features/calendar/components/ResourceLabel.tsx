import { UnstyledButton } from "@mantine/core";
import type { ScheduleResourceData } from "@mantine/schedule";

import type { Resource } from "@/api/shapes";
import { text } from "@/text";

import { typeOf } from "../address";
import { toneOf } from "../entries";
import classes from "./ResourceLabel.module.css";

/** Returns the resources as the rows of the library. */
export function resourceData(resources: readonly Resource[]): ScheduleResourceData[] {
  return resources.map((resource) => ({ id: resource.id, label: resource.name, payload: { resource } }));
}

interface ResourceLabelProps {
  row: ScheduleResourceData;
  onOnly: (resourceId: number) => void;
}

/** The head of a row; pressed, it shows the resource alone. */
export function ResourceLabel({ row, onOnly }: ResourceLabelProps) {
  const resource = row.payload?.resource as Resource;
  return (
    <UnstyledButton className={classes.label} onClick={() => onOnly(resource.id)} title={text.calendar.filters.only(resource.name)}>
      <span className={classes.dot} style={{ background: toneOf(resource) }} />
      <span className={classes.words}>
        <span className={classes.name}>{resource.name}</span>
        <span className={classes.type}>{text.booking.form.resourceTypes[typeOf(resource)]}</span>
      </span>
    </UnstyledButton>
  );
}
