import { Button, Text } from "@mantine/core";

import { text } from "@/text";
import { clockTime, weekdayDate } from "@/time/format";

import { namesOf } from "../drop";
import type { Carried } from "../entries";
import type { Calendar } from "../useCalendar";
import classes from "./CarryBar.module.css";

interface CarryBarProps {
  carried: Carried | null;
  calendar: Calendar;
  onEnd: (isDropped: boolean) => void;
}

/** Says where a carried appointment hovers, and lets it go. Always there, so that its changes are read out. */
export function CarryBar({ carried, calendar: { zone, allResources }, onEnd }: CarryBarProps) {
  const words = text.calendar.carry;
  return (
    <div role="status" className={carried ? classes.bar : undefined}>
      {carried && (
        <>
          <div className={classes.words}>
            <Text fw={600}>
              {words.state(
                carried.appointment.customer_name,
                `${weekdayDate(carried.startAt, zone)}, ${clockTime(carried.startAt, zone)}`,
                carried.to === undefined ? "" : namesOf([carried.to], allResources),
              )}
            </Text>
            <Text size="sm" c="dimmed">
              {words.keys}
            </Text>
          </div>
          <Button variant="default" onClick={() => onEnd(false)}>
            {words.cancel}
          </Button>
          <Button onClick={() => onEnd(true)}>{words.drop}</Button>
        </>
      )}
    </div>
  );
}
