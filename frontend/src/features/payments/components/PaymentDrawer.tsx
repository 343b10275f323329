import { Drawer, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ApiError } from "@/api/api-error";
import { text } from "@/text";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import SearchXIcon from "lucide-react/icons/search-x";

import { paymentQuery } from "../queries";
import { PaymentDetails } from "./PaymentDetails";
import classes from "./payments.module.css";

interface PaymentDrawerProps {
  /** Empty while none is open. */
  id: string;
  onClose: () => void;
}

/** One payment: for what, how, and what was given back. */
export function PaymentDrawer({ id, onClose }: PaymentDrawerProps) {
  const [last, setLast] = useState(id);
  if (id !== "" && id !== last) setLast(id);
  return (
    <Drawer
      opened={id !== ""}
      onClose={onClose}
      position="right"
      size={440}
      title={text.payments.details.title}
      classNames={{ content: classes.drawer }}
      styles={{ title: { fontWeight: 620 } }}
      closeButtonProps={{ "aria-label": text.payments.details.close }}
    >
      {last !== "" && <Payment id={last} onLeave={onClose} />}
    </Drawer>
  );
}

function Payment({ id, onLeave }: { id: string; onLeave: () => void }) {
  const { data: payment, error, refetch } = useQuery(paymentQuery(id));
  if (payment) return <PaymentDetails payment={payment} onLeave={onLeave} />;
  if (error instanceof ApiError && error.status === 404) {
    return (
      <EmptyState icon={<SearchXIcon aria-hidden size={22} />} heading={text.payments.noMatchHeading}>
        {text.payments.details.missing}
      </EmptyState>
    );
  }
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <div role="status" aria-label={text.loading}>
      <Skeleton h={36} w="50%" mb={16} />
      <Skeleton h={160} />
    </div>
  );
}
