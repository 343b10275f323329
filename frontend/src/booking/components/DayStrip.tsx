import { ActionIcon, Button, Popover } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { useDisclosure } from "@mantine/hooks";
import CalendarIcon from "lucide-react/icons/calendar";
import ChevronLeftIcon from "lucide-react/icons/chevron-left";
import ChevronRightIcon from "lucide-react/icons/chevron-right";
import { useId } from "react";

import { text } from "@/text";
import { addDays, datesFrom } from "@/time/dates";
import { dayNumber, longDate, monthAndYear, noonOf, weekdayName } from "@/time/format";

import { Choice } from "./Choice";
import classes from "./DayStrip.module.css";

export const DAYS_SHOWN = 7;

interface DayStripProps {
  /** The first date shown. */
  from: string;
  /** The first date that may be shown: the present one. */
  earliest: string;
  chosen: string;
  /** How many times are free on a date, undefined until it is known. */
  freeOn: (date: string) => number | undefined;
  onChoose: (date: string) => void;
  onFrom: (from: string) => void;
}

/** A week of days, each with a mark where something is free. */
export function DayStrip({ from, earliest, chosen, freeOn, onChoose, onFrom }: DayStripProps) {
  const name = useId();
  const dates = datesFrom(from, DAYS_SHOWN);
  return (
    <div>
      <div className={classes.month}>
        <DateJump chosen={chosen} earliest={earliest} onChoose={onChoose} />
      </div>
      <div className={classes.strip}>
        <ActionIcon
          className={classes.arrow}
          variant="subtle"
          color="gray"
          size={30}
          aria-label={text.booking.times.earlier}
          disabled={from <= earliest}
          onClick={() => {
            const before = addDays(from, -DAYS_SHOWN);
            onFrom(before < earliest ? earliest : before);
          }}
        >
          <ChevronLeftIcon aria-hidden size={18} />
        </ActionIcon>
        <div role="radiogroup" aria-label={text.booking.times.days} className={classes.days}>
          {dates.map((date) => (
            <DayChoice
              key={date}
              name={name}
              date={date}
              free={freeOn(date)}
              isChosen={date === chosen}
              onChoose={onChoose}
            />
          ))}
        </div>
        <ActionIcon
          className={classes.arrow}
          variant="subtle"
          color="gray"
          size={30}
          aria-label={text.booking.times.later}
          onClick={() => {
            onFrom(addDays(from, DAYS_SHOWN));
          }}
        >
          <ChevronRightIcon aria-hidden size={18} />
        </ActionIcon>
      </div>
    </div>
  );
}

interface DayChoiceProps {
  name: string;
  date: string;
  free: number | undefined;
  isChosen: boolean;
  onChoose: (date: string) => void;
}

function DayChoice({ name, date, free, isChosen, onChoose }: DayChoiceProps) {
  const noon = noonOf(date);
  const standing = free === undefined ? [] : [free > 0 ? text.booking.times.free(free) : text.booking.times.none];
  return (
    <Choice
      name={name}
      className={classes.day}
      label={[longDate(noon, "UTC"), ...standing].join(", ")}
      isDim={free === 0}
      isChosen={isChosen}
      onChoose={() => {
        onChoose(date);
      }}
    >
      <span className={classes.weekday}>{weekdayName(noon, "UTC")}</span>
      <span className={classes.number}>{dayNumber(noon, "UTC")}</span>
      <span className={classes.mark} data-free={(free ?? 0) > 0 || undefined} />
    </Choice>
  );
}

/** Says which month is shown, and leads to any other day. */
function DateJump({ chosen, earliest, onChoose }: Pick<DayStripProps, "chosen" | "earliest" | "onChoose">) {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  return (
    <Popover opened={isOpen} onChange={close} trapFocus returnFocus position="bottom-start">
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<CalendarIcon aria-hidden size={15} />}
          aria-label={`${text.booking.times.pickDate}: ${monthAndYear(chosen)}`}
          onClick={toggle}
        >
          {monthAndYear(chosen)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <DatePicker
          value={chosen}
          minDate={earliest}
          defaultDate={chosen}
          onChange={(date) => {
            if (date !== null) onChoose(date);
            close();
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
