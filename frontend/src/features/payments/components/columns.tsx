import type { Transaction } from "@/api/shapes";
import { text } from "@/text";
import { money } from "@/text/money";
import { dateAndTime } from "@/time/format";
import type { Column } from "@/ui/DataTable";

import classes from "./payments.module.css";
import { PaymentStatus } from "./PaymentStatus";

/** The columns of the list of payments, with times of `zone`. */
export function columnsIn(zone: string): Column<Transaction>[] {
  const { columns, methods } = text.payments;
  return [
    { key: "customer", heading: columns.customer, cell: ({ customer_name }) => customer_name, isTitle: true },
    { key: "service", heading: columns.service, cell: ({ service_name }) => service_name },
    {
      key: "when",
      heading: columns.when,
      sortBy: "occurred_at",
      cell: ({ occurred_at }) => dateAndTime(new Date(occurred_at), zone),
    },
    { key: "method", heading: columns.method, cell: ({ method }) => methods[method], isWide: true },
    { key: "status", heading: columns.status, cell: ({ status }) => <PaymentStatus status={status} /> },
    {
      key: "amount",
      heading: columns.amount,
      align: "end",
      sortBy: "amount_cents",
      cell: (payment) => <Amount payment={payment} />,
    },
  ];
}

function Amount({ payment: { amount_cents, refunded_cents, currency, status } }: { payment: Transaction }) {
  return (
    <span>
      <span className={classes.amount} data-void={status === "failed" || status === "refunded" || undefined}>
        {money(amount_cents, currency)}
      </span>
      {refunded_cents > 0 && refunded_cents < amount_cents && (
        <span className={classes.given}>{text.payments.refundedOf(money(refunded_cents, currency))}</span>
      )}
    </span>
  );
}
