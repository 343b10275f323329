import { Anchor, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { createSearchParams, Link } from "react-router";

import type { Transaction } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { LockedSection } from "@/plan/LockedSection";
import { paths } from "@/paths";
import { text } from "@/text";
import { money } from "@/text/money";
import { mediumDate } from "@/time/format";
import { ErrorState } from "@/ui/ErrorState";
import { Section } from "@/ui/Section";

import { paymentsOfCustomer } from "../queries";
import classes from "./customer.module.css";

/** What a customer paid last. */
export function CustomerPayments({ customerId }: { customerId: string }) {
  return (
    <Section heading={text.customers.one.payments}>
      <LockedSection feature="can_accept_payments" skeleton={<Skeleton h={96} />}>
        <Latest customerId={customerId} />
      </LockedSection>
    </Section>
  );
}

const toPayments = (search: Record<string, string>) => ({
  pathname: paths.payments,
  search: createSearchParams(search).toString(),
});

function Latest({ customerId }: { customerId: string }) {
  const { data, error, refetch } = useQuery(paymentsOfCustomer(customerId));
  const words = text.customers.one;
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton h={96} />;
  if (data.count === 0) {
    return (
      <Text size="sm" c="dimmed">
        {words.noPayments}
      </Text>
    );
  }
  return (
    <>
      <ul className={classes.latest}>
        {data.results.map((payment) => (
          <li key={payment.id}>
            <Payment payment={payment} />
          </li>
        ))}
      </ul>
      {data.count > data.results.length && (
        <Anchor component={Link} to={toPayments({ customer: customerId })} size="sm">
          {words.allPayments}
        </Anchor>
      )}
    </>
  );
}

function Payment({ payment }: { payment: Transaction }) {
  const { business } = useViewer();
  const { id, service_name, occurred_at, amount_cents, refunded_cents, currency, status } = payment;
  return (
    <Link className={classes.payment} to={toPayments({ customer: payment.customer, payment: id })}>
      <span className={classes.about}>
        <span>{service_name}</span>
        <span className={classes.quiet}>{mediumDate(new Date(occurred_at), business.timezone)}</span>
      </span>
      <span className={classes.amount}>
        <span data-void={status === "failed" || status === "refunded" || undefined}>
          {money(amount_cents, currency)}
        </span>
        {(status !== "succeeded" || refunded_cents > 0) && (
          <span className={classes.quiet}>
            {status === "partially_refunded"
              ? text.customers.one.refundedOf(money(refunded_cents, currency))
              : text.payments.statuses[status]}
          </span>
        )}
      </span>
    </Link>
  );
}
