import { Menu } from "@mantine/core";
import BanIcon from "lucide-react/icons/ban";
import PlusIcon from "lucide-react/icons/plus";

import { useBookingDesk } from "@/booking/desk";
import { text } from "@/text";
import { clockRange, weekdayDate } from "@/time/format";
import { instantOf } from "@/time/localTime";

import { namesOf } from "../drop";
import type { BlockDraft, Range } from "../useActs";
import type { Calendar } from "../useCalendar";

interface RangeMenuProps {
  range: Range;
  calendar: Calendar;
  setRange: (range: Range | null) => void;
  setBlock: (draft: BlockDraft) => void;
}

/** Asks what the time that was marked is for, where the pointer let go. */
export function RangeMenu({ range, calendar: { zone, allResources }, setRange, setBlock }: RangeMenuProps) {
  const { book } = useBookingDesk();
  const { resourceId, at } = range;
  const [start, end] = [instantOf(range.start, zone), instantOf(range.end, zone)];
  const name = resourceId === undefined ? "" : namesOf([resourceId], allResources);
  const label = text.calendar.range.label(name, `${weekdayDate(start, zone)}, ${clockRange(start, end, zone)}`);
  return (
    <Menu opened onClose={() => setRange(null)} position="bottom-start" width={260} trapFocus>
      <Menu.Target>
        <span style={{ position: "fixed", left: at.x, top: at.y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        <Menu.Label>{label}</Menu.Label>
        <Menu.Item leftSection={<PlusIcon aria-hidden size={16} />} onClick={() => book({ startAt: start, resourceId })}>
          {text.calendar.range.book}
        </Menu.Item>
        <Menu.Item leftSection={<BanIcon aria-hidden size={16} />} onClick={() => setBlock(range)}>
          {text.calendar.range.block}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
