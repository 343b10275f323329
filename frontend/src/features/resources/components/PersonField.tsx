import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { text } from "@/text";

import { membersQuery } from "../queries";

interface PersonFieldProps {
  value?: number | null;
  onChange?: (user: number | null) => void;
  error?: ReactNode;
}

/** The member of the team whose calendar a resource is. */
export function PersonField({ value = null, onChange, error }: PersonFieldProps) {
  const { data: members = [], isPending } = useQuery(membersQuery);
  const shown = members.filter(({ user, is_active: isActive = true }) => isActive || user === value);
  return (
    <Select
      label={text.resources.form.person}
      description={text.resources.form.personHint}
      placeholder={isPending ? text.loading : text.resources.form.nobody}
      data={shown.map(({ user, name, email }) => ({ value: String(user), label: name ? `${name} · ${email}` : email }))}
      value={value === null ? null : String(value)}
      error={error}
      clearable
      searchable
      nothingFoundMessage={text.resources.form.nothingFound}
      onChange={(chosen) => {
        onChange?.(chosen === null ? null : Number(chosen));
      }}
    />
  );
}
