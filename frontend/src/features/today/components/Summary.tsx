import { Text } from "@mantine/core";

import type { Appointment } from "@/api/shapes";
import { text } from "@/text";

import { summaryOf } from "../agenda";
import classes from "./Summary.module.css";

interface SummaryProps {
  appointments: readonly Appointment[];
  now: Date;
}

/** The day in one line. */
export function Summary({ appointments, now }: SummaryProps) {
  const { total, ahead, open } = summaryOf(appointments, now);
  if (total === 0) return null;
  return (
    <Text className={classes.summary} component="p">
      <span>{text.today.summary.total(total)}</span>
      <span>{text.today.summary.ahead(ahead)}</span>
      {open > 0 && (
        <span className={classes.open} title={text.today.openHint}>
          {text.today.summary.open(open)}
        </span>
      )}
    </Text>
  );
}
