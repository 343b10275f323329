import { Text } from "@mantine/core";

import type { Transaction } from "@/api/shapes";
import { text } from "@/text";
import { money } from "@/text/money";

import { totalsOf } from "../totals";
import classes from "./payments.module.css";

/** What the payments shown add up to, each currency by itself. */
export function Totals({ payments }: { payments: readonly Transaction[] }) {
  const totals = totalsOf(payments);
  if (totals.length === 0) return null;
  return (
    <div className={classes.totals}>
      <div className={classes.totalsHead}>
        <Text fw={600} size="sm">
          {text.payments.totals}
        </Text>
        <Text size="xs" c="dimmed">
          {text.payments.totalsHint}
        </Text>
      </div>
      {totals.map(({ currency, paidCents, refundedCents }) => (
        <dl key={currency} className={classes.total}>
          <Figure label={text.payments.kept} value={money(paidCents - refundedCents, currency)} />
          <Figure label={text.payments.paid} value={money(paidCents, currency)} />
          <Figure label={text.payments.refunded} value={money(refundedCents, currency)} />
        </dl>
      ))}
    </div>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
