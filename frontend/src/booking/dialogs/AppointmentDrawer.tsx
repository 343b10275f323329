import "@mantine/dates/styles.layer.css";

import { Drawer, Skeleton } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";

import { text } from "@/text";
import { ErrorState } from "@/ui/ErrorState";

import { cached } from "../cache";
import { AppointmentDetails } from "../components/AppointmentDetails";
import { appointmentQuery } from "../queries";
import classes from "./AppointmentDrawer.module.css";

interface AppointmentDrawerProps {
  id: string;
  /** Whether it opens with the choice of another time. */
  isMoving?: boolean;
  isOpen: boolean;
  onClose: () => void;
}

/** One appointment: how it stands, what can be done with it, and what happened to it. */
export default function AppointmentDrawer({ id, isMoving = false, isOpen, onClose }: AppointmentDrawerProps) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ ...appointmentQuery(id), placeholderData: () => cached(client, id) });
  return (
    <Drawer.Root opened={isOpen} onClose={onClose} position="right" size={464} classNames={{ content: classes.content ?? "" }}>
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={classes.header}>
          <Drawer.Title className={classes.title}>{text.booking.drawer.title}</Drawer.Title>
          <Drawer.CloseButton size="lg" aria-label={text.booking.close} />
        </div>
        <Drawer.Body className={classes.body}>
          {data ? (
            <AppointmentDetails appointment={data} startsMoving={isMoving} onLeave={onClose} />
          ) : error ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : (
            <DetailsSkeleton />
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function DetailsSkeleton() {
  return (
    <div role="status" aria-label={text.loading} className={classes.skeleton}>
      <Skeleton h={28} w="60%" />
      <Skeleton h={18} w="80%" />
      <Skeleton h={40} />
      <Skeleton h={160} />
      <Skeleton h={80} />
    </div>
  );
}
