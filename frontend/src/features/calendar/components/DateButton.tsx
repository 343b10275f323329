import { ActionIcon, Button, Popover } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { useDisclosure } from "@mantine/hooks";
import CalendarIcon from "lucide-react/icons/calendar";

import { text } from "@/text";

interface DateButtonProps {
  date: string;
  /** Given where nothing else leads to today. */
  today?: string;
  onPick: (date: string) => void;
  size?: number;
}

/** Leads to any date. */
export function DateButton({ date, today, onPick, size = 36 }: DateButtonProps) {
  const [isOpen, { toggle, close, open }] = useDisclosure(false);
  const pick = (picked: string | null) => {
    if (picked !== null) onPick(picked);
    close();
  };
  return (
    <Popover opened={isOpen} onChange={(opened) => (opened ? open() : close())} position="bottom" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="default" size={size} aria-label={text.calendar.pickDate} onClick={toggle}>
          <CalendarIcon aria-hidden size={17} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={text.calendar.pickDate}>
        <DatePicker value={date} defaultDate={date} onChange={pick} />
        {today && (
          <Button variant="default" fullWidth mt={8} onClick={() => pick(today)}>
            {text.calendar.today}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
