import { Button, Skeleton } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";

import { ApiError } from "@/api/api-error";
import { paths } from "@/paths";
import { text } from "@/text";
import { Entrance } from "@/ui/Entrance";
import { ErrorState } from "@/ui/ErrorState";

import { AcceptForm } from "./components/AcceptForm";
import { invitationQuery } from "./queries";

/** Joining a business by the link of an invitation. */
export function Component() {
  const [search] = useSearchParams();
  const token = search.get("token") ?? "";
  const { data: invitation, error, refetch } = useQuery({ ...invitationQuery(token), enabled: token !== "" });
  useDocumentTitle(text.title(text.invitation.title, invitation?.business ?? text.product));
  if (token === "" || isRefusal(error)) return <NotOpen />;
  if (error) {
    return (
      <Entrance heading={text.invitation.title}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Entrance>
    );
  }
  if (!invitation) {
    return (
      <Entrance heading={<Skeleton component="span" h={30} />}>
        <Skeleton h={220} />
      </Entrance>
    );
  }
  return (
    <Entrance
      heading={text.invitation.heading(invitation.business)}
      lead={text.invitation.lead(invitation.email, text.shell.roles[invitation.role])}
    >
      <AcceptForm token={token} invitation={invitation} />
    </Entrance>
  );
}

function NotOpen() {
  return (
    <Entrance heading={text.invitation.notOpenHeading} lead={text.invitation.notOpen}>
      <Button component={Link} to={paths.signIn} variant="default" size="md">
        {text.invitation.toSignIn}
      </Button>
    </Entrance>
  );
}

function isRefusal(error: Error | null): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 400);
}
