import { Anchor, Avatar, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import TriangleAlertIcon from "lucide-react/icons/triangle-alert";
import { generatePath, Link } from "react-router";

import { customerQuery } from "@/api/scheduling";
import type { Appointment } from "@/api/shapes";
import { paths } from "@/paths";
import { text } from "@/text";

import { useNoShows } from "../useNoShows";
import classes from "./AppointmentDetails.module.css";

interface CustomerCardProps {
  appointment: Appointment;
  onLeave: () => void;
}

/** Who comes, how to reach them, and how often they did not come. */
export function CustomerCard({ appointment, onLeave }: CustomerCardProps) {
  const { data: customer } = useQuery(customerQuery(appointment.customer));
  const noShows = useNoShows(appointment.customer);
  return (
    <div className={classes.customer}>
      <Avatar name={appointment.customer_name} color="accent" size={40} aria-hidden />
      <div>
        <div className={classes.customerName}>{appointment.customer_name}</div>
        <div className={classes.contact}>
          {customer?.phone && <Anchor href={`tel:${customer.phone}`}>{customer.phone}</Anchor>}
          {customer?.email && <Anchor href={`mailto:${customer.email}`}>{customer.email}</Anchor>}
        </div>
        {noShows > 0 && (
          <div className={classes.warning}>
            <TriangleAlertIcon aria-hidden size={13} /> {text.booking.form.noShows(noShows)}
          </div>
        )}
      </div>
      <Button
        component={Link}
        to={generatePath(paths.customer, { customerId: appointment.customer })}
        className={classes.openCustomer}
        variant="default"
        size="compact-md"
        onClick={onLeave}
      >
        {text.booking.drawer.openCustomer}
      </Button>
    </div>
  );
}
