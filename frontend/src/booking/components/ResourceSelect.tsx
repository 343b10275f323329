import { Select } from "@mantine/core";

import type { Resource, Service } from "@/api/shapes";
import { text } from "@/text";

const ANYONE = "";

interface ResourceSelectProps {
  /** What it is for; without one, everybody is offered. */
  service: Service | undefined;
  resources: readonly Resource[] | undefined;
  value: number | null;
  error?: string | undefined;
  onChange: (resourceId: number | null) => void;
}

/** Who or what performs a service: anyone who is free, or a certain person, room or piece of equipment. */
export function ResourceSelect({ service, resources = [], value, error, onChange }: ResourceSelectProps) {
  const able = resources.filter(
    ({ id, is_active }) => is_active && (service === undefined || service.resources?.includes(id)),
  );
  const groups = (["staff", "room", "equipment"] as const)
    .map((type) => ({
      group: text.booking.form.resourceTypes[type],
      items: able.filter((one) => one.type === type).map(({ id, name }) => ({ value: String(id), label: name })),
    }))
    .filter(({ items }) => items.length > 0);
  return (
    <Select
      label={text.booking.form.with}
      data={[{ value: ANYONE, label: text.booking.form.anyone }, ...groups]}
      value={value === null ? ANYONE : String(value)}
      error={error}
      searchable={able.length > 8}
      allowDeselect={false}
      onChange={(chosen) => onChange(chosen ? Number(chosen) : null)}
    />
  );
}
