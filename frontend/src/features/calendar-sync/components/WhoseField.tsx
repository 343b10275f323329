import { Select } from "@mantine/core";
import type { ComponentPropsWithoutRef } from "react";

import type { Resource } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { calendarSync as syncText } from "@/text/calendarSync";

import { BUSINESS, whoseOf } from "../whose";

interface WhoseFieldProps extends Omit<ComponentPropsWithoutRef<typeof Select>, "data"> {
  resources: readonly Resource[];
}

/** Whose time something is: the business's or a resource's; staff have only their own. */
export function WhoseField({ resources, ...props }: WhoseFieldProps) {
  const { user } = useViewer();
  const choices = whoseOf(resources, user).map((resource) =>
    resource === null
      ? { value: BUSINESS, label: syncText.business }
      : { value: String(resource.id), label: resource.name },
  );
  return (
    <Select
      placeholder={syncText.connecting.chooseWhose}
      searchable={choices.length > 8}
      allowDeselect={false}
      openOnFocus={false}
      comboboxProps={{ withinPortal: true }}
      {...props}
      data={choices}
    />
  );
}
