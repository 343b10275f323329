import { Skeleton, Title } from "@mantine/core";

import { text } from "@/text";

import classes from "./CalendarSkeleton.module.css";

const ROWS = 7;

/** The calendar's outline, until it is there. */
export function CalendarSkeleton({ heading }: { heading: string }) {
  return (
    <div role="status" aria-label={text.calendar.loading}>
      <Title order={1} className={classes.heading}>
        {heading}
      </Title>
      <div className={classes.rows}>
        {Array.from({ length: ROWS }, (_, row) => (
          <div key={row} className={classes.row}>
            <Skeleton h={16} w={120} />
            <Skeleton h={52} ml={`${(row * 17) % 40}%`} w="22%" radius={8} />
          </div>
        ))}
      </div>
    </div>
  );
}
