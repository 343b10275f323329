import type { Transaction } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { DataTable } from "@/ui/DataTable";

import { columnsIn } from "./columns";
import classes from "./payments.module.css";
import { Totals } from "./Totals";

type Field = "customer_name" | "service_name" | "amount_cents" | "refunded_cents" | "method" | "status";
type Row = Pick<Transaction, Field>;

const rows: Row[] = [
  rowOf("Ada Lovelace", "Cut & Style", 7800, 0),
  rowOf("Grace Kim", "Colour", 14_500, 2500),
  rowOf("Jonas Weber", "Beard Trim", 3200, 0),
  rowOf("Leila Haddad", "Consultation", 5000, 5000),
  rowOf("Tom Okafor", "Cut & Style", 7800, 0),
];

function rowOf(customer_name: string, service_name: string, amount_cents: number, refunded_cents: number): Row {
  const status = refunded_cents === 0 ? "succeeded" : refunded_cents < amount_cents ? "partially_refunded" : "refunded";
  return { customer_name, service_name, amount_cents, refunded_cents, method: "card", status };
}

/** What lies behind the lock: the list with made-up payments. */
export function Sample() {
  const { business } = useViewer();
  const payments = rows.map((row, position): Transaction => {
    const id = String(position);
    const at = new Date(Date.UTC(2026, 2, 2, 18 - position)).toISOString();
    return {
      ...row,
      id,
      appointment: id,
      appointment_start_at: at,
      customer: id,
      currency: business.currency,
      note: "",
      occurred_at: at,
      created_at: at,
      updated_at: at,
      recorded_by: null,
      refunds: [],
    };
  });
  return (
    <div className={`${classes.list} ${classes.sample}`}>
      <Totals payments={payments} />
      <DataTable
        caption={text.payments.caption}
        columns={columnsIn(business.timezone)}
        rows={payments}
        rowKey={({ id }) => id}
      />
    </div>
  );
}
