import type { Transaction } from "@/api/shapes";
import { payments as paymentsText } from "@/text/payments";

import classes from "./payments.module.css";

/** Where a payment stands, in words and colour. */
export function PaymentStatus({ status }: Pick<Transaction, "status">) {
  return (
    <span className={classes.status} data-status={status}>
      {paymentsText.statuses[status]}
    </span>
  );
}
