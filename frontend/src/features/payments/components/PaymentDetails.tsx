import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { generatePath, Link } from "react-router";

import type { Transaction } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { useBookingDesk } from "@/booking/desk";
import { paths } from "@/paths";
import { text } from "@/text";
import { money } from "@/text/money";
import { dateAndTime } from "@/time/format";

import { leftOf } from "../totals";
import classes from "./payments.module.css";
import { PaymentStatus } from "./PaymentStatus";
import { RefundDialog } from "./RefundDialog";

interface PaymentDetailsProps {
  payment: Transaction;
  onLeave: () => void;
}

export function PaymentDetails({ payment, onLeave }: PaymentDetailsProps) {
  const [isRefunding, setRefunding] = useState(false);
  const desk = useBookingDesk();
  const left = leftOf(payment);
  const { details } = text.payments;
  return (
    <Stack gap="lg">
      <div className={classes.head}>
        <span className={classes.big}>{money(payment.amount_cents, payment.currency)}</span>
        <PaymentStatus status={payment.status} />
      </div>
      <Facts payment={payment} />
      <Refunds payment={payment} />
      {left === 0 && (
        <Text size="sm" c="dimmed">
          {payment.status === "failed" ? details.failed : details.refundedWhole}
        </Text>
      )}
      <Group gap="xs">
        {left > 0 && (
          <Button variant="default" onClick={() => setRefunding(true)}>
            {details.refund}
          </Button>
        )}
        <Button
          variant="subtle"
          onClick={() => {
            onLeave();
            desk.show(payment.appointment);
          }}
        >
          {details.appointment}
        </Button>
      </Group>
      <RefundDialog payment={payment} opened={isRefunding} onClose={() => setRefunding(false)} />
    </Stack>
  );
}

function Facts({ payment }: { payment: Transaction }) {
  const { business } = useViewer();
  const { details, methods } = text.payments;
  const at = (instant: string) => dateAndTime(new Date(instant), business.timezone);
  return (
    <dl className={classes.facts}>
      <dt>{details.customer}</dt>
      <dd>
        <Anchor component={Link} to={generatePath(paths.customer, { customerId: payment.customer })}>
          {payment.customer_name}
        </Anchor>
      </dd>
      <dt>{details.for}</dt>
      <dd>
        {payment.service_name}, {at(payment.appointment_start_at)}
      </dd>
      <dt>{details.at}</dt>
      <dd>{at(payment.occurred_at)}</dd>
      <dt>{details.method}</dt>
      <dd>{methods[payment.method]}</dd>
      <dt>{details.note}</dt>
      <dd>{payment.note || details.noNote}</dd>
    </dl>
  );
}

/** What was given back, oldest first, and what is left. */
function Refunds({ payment }: { payment: Transaction }) {
  const { business } = useViewer();
  const { details } = text.payments;
  if (payment.refunds.length === 0) return null;
  return (
    <div>
      <Text fw={600} size="sm" mb={6} component="h3">
        {details.refunds}
      </Text>
      <ul className={classes.refunds}>
        {payment.refunds.map(({ id, amount_cents, occurred_at, reason }) => (
          <li key={id}>
            {details.refundOf(
              money(amount_cents, payment.currency),
              dateAndTime(new Date(occurred_at), business.timezone),
            )}
            {reason && <span className={classes.reason}>{reason}</span>}
          </li>
        ))}
      </ul>
      {leftOf(payment) > 0 && (
        <Text size="sm" fw={550} mt={8}>
          {details.left(money(leftOf(payment), payment.currency))}
        </Text>
      )}
    </div>
  );
}
