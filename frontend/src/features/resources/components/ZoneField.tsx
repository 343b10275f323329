import { Select } from "@mantine/core";
import type { ReactNode } from "react";

import { useViewer } from "@/api/viewer";
import { text } from "@/text";

/** What stands for the business's zone: a list of choices has no empty one. */
const AS_BUSINESS = "business";
const MOST_SHOWN = 60;

interface ZoneFieldProps {
  value?: string;
  onChange?: (zone: string) => void;
  error?: ReactNode;
}

/** The time zone in which hours are meant; empty for the business's. */
export function ZoneField({ value = "", onChange, error }: ZoneFieldProps) {
  const { business } = useViewer();
  const words = text.resources.form;
  return (
    <Select
      label={words.zone}
      description={words.zoneHint}
      data={[
        { value: AS_BUSINESS, label: words.zoneOfBusiness(readable(business.timezone)) },
        ...zonesWith(value).map((zone) => ({ value: zone, label: readable(zone) })),
      ]}
      value={value === "" ? AS_BUSINESS : value}
      error={error}
      searchable
      allowDeselect={false}
      limit={MOST_SHOWN}
      comboboxProps={{ keepMounted: false }}
      nothingFoundMessage={words.nothingFound}
      onChange={(zone) => {
        onChange?.(zone === AS_BUSINESS || zone === null ? "" : zone);
      }}
    />
  );
}

const readable = (zone: string) => zone.replaceAll("_", " ");

function zonesWith(zone: string): string[] {
  const zones = Intl.supportedValuesOf("timeZone");
  return zone === "" || zones.includes(zone) ? zones : [zone, ...zones];
}
