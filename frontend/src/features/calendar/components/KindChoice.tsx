import type { Resource } from "@/api/shapes";
import { text } from "@/text";

import { type Address, type Type, typeOf, types } from "../address";
import { Choice } from "./Choice";

/** The kinds of resources that a business has. */
export type Kinds = readonly Type[];

export function kindsOf(resources: readonly Resource[]): Kinds {
  return types.filter((type) => resources.some((resource) => typeOf(resource) === type));
}

interface KindChoiceProps {
  address: Address;
  kinds: Kinds;
  onChange: (change: Partial<Address>) => void;
}

const words = text.calendar.filters.types;

/** People, rooms or equipment, where there is more than one kind. */
export function KindChoice({ address, kinds, onChange }: KindChoiceProps) {
  if (kinds.length < 2) return null;
  const options = [{ value: "all" as const, label: words.all }, ...kinds.map((value) => ({ value, label: words[value] }))];
  return (
    <Choice
      label={words.label}
      options={options}
      value={address.type ?? "all"}
      onChoose={(type) => onChange({ type: type === "all" ? null : type, resourceIds: [] })}
    />
  );
}
