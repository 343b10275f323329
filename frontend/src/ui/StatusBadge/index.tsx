import type { AppointmentStatus } from "@/api/shapes";
import { text } from "@/text";

import classes from "./styles.module.css";

/** Where an appointment stands, in words and colour. */
export function StatusBadge({ status }: { status: AppointmentStatus }) {
  return (
    <span className={classes.badge} data-status={status}>
      {text.status[status]}
    </span>
  );
}
