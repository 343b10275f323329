import type { Transaction } from "@/api/shapes";
import { text } from "@/text";

import classes from "./payments.module.css";

/** Where a payment stands, in words and colour. */
export function PaymentStatus({ status }: Pick<Transaction, "status">) {
  return (
    <span className={classes.status} data-status={status}>
      {text.payments.statuses[status]}
    </span>
  );
}
