import { Skeleton } from "@mantine/core";

import { text } from "@/text";

import classes from "./Agenda.module.css";

/** The shape of an agenda, until it is known. */
export function AgendaSkeleton() {
  return (
    <div className={classes.agenda} role="status" aria-label={text.loading}>
      {[0, 1, 2, 3, 4].map((row) => (
        <div key={row} className={classes.slot}>
          <Skeleton h={16} w={44} mt={24} />
          <Skeleton h={68} radius={12} />
        </div>
      ))}
    </div>
  );
}
