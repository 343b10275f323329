import { Skeleton } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import UserRoundSearchIcon from "lucide-react/icons/user-round-search";
import { Link, useParams } from "react-router";

import { ApiError } from "@/api/api-error";
import { customerQuery } from "@/api/scheduling";
import { useViewer } from "@/api/viewer";
import { paths } from "@/paths";
import { text } from "@/text";
import { BackLink } from "@/ui/BackLink";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";

import { CustomerPage } from "./components/CustomerPage";
import classes from "./components/customer.module.css";

/** One customer: how to reach them, what to know, and everything they had. */
export function Component() {
  const { business } = useViewer();
  const { customerId = "" } = useParams();
  const { data: customer, error, refetch } = useQuery(customerQuery(customerId));
  useDocumentTitle(text.title(customer?.name ?? text.customers.title, business.name));
  return (
    <>
      <BackLink to={paths.customers}>{text.customers.one.back}</BackLink>
      {customer ? (
        <CustomerPage key={customer.id} customer={customer} />
      ) : error instanceof ApiError && error.status === 404 ? (
        <Missing />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageSkeleton />
      )}
    </>
  );
}

function Missing() {
  return (
    <EmptyState
      level={1}
      icon={<UserRoundSearchIcon aria-hidden size={22} />}
      heading={text.customers.one.missingHeading}
      action={<Link to={paths.customers}>{text.customers.title}</Link>}
    >
      {text.customers.one.missing}
    </EmptyState>
  );
}

function PageSkeleton() {
  return (
    <div role="status" aria-label={text.loading}>
      <Skeleton h={40} w="14rem" mb={28} />
      <div className={classes.page}>
        <Skeleton h={420} radius={14} />
        <Skeleton h={280} radius={14} />
      </div>
    </div>
  );
}
