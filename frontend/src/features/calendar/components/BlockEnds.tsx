import { Text } from "@mantine/core";
import { DateInput } from "@mantine/dates";

import { text } from "@/text";
import { TimeField } from "@/ui/TimeField";

import type { BlockForm } from "../block";
import classes from "./BlockEnds.module.css";

interface BlockEndsProps {
  form: BlockForm;
  onChange: (change: Partial<BlockForm>) => void;
  problem: "incomplete" | "order" | null;
}

const words = text.calendar.block;
const said = { incomplete: words.required, order: words.order };
const FORMAT = "D MMM YYYY";

/** From when to when. */
export function BlockEnds({ form, onChange, problem }: BlockEndsProps) {
  const { isWholeDays, startDate, startMinute, endDate, endMinute } = form;
  const begin = (date: string) => onChange({ startDate: date, ...(endDate < date && { endDate: date }) });
  return (
    <div>
      <div className={classes.ends} data-whole={isWholeDays || undefined}>
        <DateInput
          label={words.from}
          value={startDate}
          valueFormat={FORMAT}
          onChange={(date) => date !== null && begin(date)}
        />
        {!isWholeDays && (
          <TimeField
            label={words.startTime}
            value={startMinute}
            problem={problem ? said[problem] : undefined}
            onChange={(minute) => onChange({ startMinute: minute })}
          />
        )}
        <DateInput
          label={isWholeDays ? words.endDate : words.to}
          value={endDate}
          minDate={startDate}
          valueFormat={FORMAT}
          onChange={(date) => date !== null && onChange({ endDate: date })}
        />
        {!isWholeDays && (
          <TimeField
            label={words.endTime}
            value={endMinute}
            isEnd
            after={startDate === endDate ? startMinute : null}
            problem={problem ? said[problem] : undefined}
            onChange={(minute) => onChange({ endMinute: minute })}
          />
        )}
      </div>
      {problem && (
        <Text size="sm" c="var(--red-ink)" mt={6} role="alert">
          {said[problem]}
        </Text>
      )}
    </div>
  );
}
