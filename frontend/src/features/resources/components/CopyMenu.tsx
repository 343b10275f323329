import { ActionIcon, Menu } from "@mantine/core";
import CopyIcon from "lucide-react/icons/copy";

import { hours as hoursText } from "@/text/hours";

import { WEEKDAYS } from "../week";

const WORKDAYS: readonly number[] = WEEKDAYS.slice(0, 5);

interface CopyMenuProps {
  weekday: number;
  onCopy: (to: readonly number[]) => void;
}

/** Which other days get the hours of one. */
export function CopyMenu({ weekday, onCopy }: CopyMenuProps) {
  const name = hoursText.weekdays[weekday] ?? "";
  const items = [
    { label: hoursText.week.copyTargets.workdays, to: WORKDAYS },
    { label: hoursText.week.copyTargets.everyDay, to: WEEKDAYS },
    ...WEEKDAYS.filter((other) => other !== weekday).map((other) => ({
      label: hoursText.week.copyOne(hoursText.weekdays[other] ?? ""),
      to: [other],
    })),
  ];
  return (
    <Menu position="bottom-end" width={208}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={hoursText.week.copy(name)}>
          <CopyIcon aria-hidden size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{hoursText.week.copyTo}</Menu.Label>
        {items.map(({ label, to }) => (
          <Menu.Item
            key={label}
            onClick={() => {
              onCopy(to);
            }}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
