import { Checkbox, Text } from "@mantine/core";
import { useState } from "react";

import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { instantOf, localTimeOf, minuteOfDay } from "@/time/localTime";
import { clockOf, type Minute } from "@/time/wallClock";
import { TimeField } from "@/ui/TimeField";

import type { Start } from "../start";
import classes from "./WhenPicker.module.css";

interface TypedTimeProps {
  date: string;
  value: Start;
  onChange: (start: Start) => void;
}

/** A time of one's own, which need not be among the free ones. */
export function TypedTime({ date, value, onChange }: TypedTimeProps) {
  const { business } = useViewer();
  const [isSkipped, setSkipped] = useState(false);
  const minute = value.at && minuteOfDay(localTimeOf(value.at, business.timezone));
  const type = (typed: Minute | null) => {
    const at = typed === null ? null : instantOf(`${date} ${clockOf(typed)}:00`, business.timezone);
    const exists = at === null || minuteOfDay(localTimeOf(at, business.timezone)) === typed;
    setSkipped(!exists);
    onChange({ ...value, at: exists ? at : null });
  };
  return (
    <div className={classes.typed}>
      <TimeField
        label={text.booking.times.typedTime}
        hasVisibleLabel
        value={minute}
        problem={isSkipped ? text.booking.times.gap : undefined}
        onChange={type}
      />
      {isSkipped && (
        <Text size="sm" c="var(--red-ink)" role="alert">
          {text.booking.times.gap}
        </Text>
      )}
      <Checkbox
        label={text.booking.times.outside}
        description={text.booking.times.outsideHint}
        checked={value.isOutsideAllowed}
        onChange={(event) => {
          onChange({ ...value, isOutsideAllowed: event.currentTarget.checked });
        }}
      />
    </div>
  );
}
