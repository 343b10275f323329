import { Text } from "@mantine/core";

import type { Appointment } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { dateAndTime } from "@/time/format";

import classes from "./payments.module.css";

/** Which appointment it is for. */
export function PaidFor({ appointment }: { appointment: Appointment }) {
  const { business } = useViewer();
  return (
    <div className={classes.paidFor}>
      <Text fw={600}>{appointment.customer_name}</Text>
      <Text size="sm" c="dimmed">
        {appointment.service_name}, {dateAndTime(new Date(appointment.start_at), business.timezone)}
      </Text>
    </div>
  );
}
