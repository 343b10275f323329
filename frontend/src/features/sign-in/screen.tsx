import { Loader, Skeleton, Stack } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Navigate, useSearchParams } from "react-router";

import { isOnPlatform, useSession } from "@/api/session";
import { pathAfterSignIn } from "@/paths";
import { text } from "@/text";
import { useAccent } from "@/ui/accent";
import { Entrance } from "@/ui/Entrance";
import { ErrorState } from "@/ui/ErrorState";

import { BusinessSignIn } from "./components/BusinessSignIn";
import { PlatformSignIn } from "./components/PlatformSignIn";
import { arrivalQuery } from "./queries";

/**
 * Signing in: to the business whose address this is, or on the platform's address to a business it leads to. `?handoff=`
 * carries somebody who was there, `?next=` says where to go on.
 */
export function Component() {
  const { data: session, error, refetch } = useSession();
  const [search] = useSearchParams();
  const handoff = search.get("handoff");
  useAccent(session?.business.accent);
  useDocumentTitle(session ? text.title(text.signIn.title, session.business.name) : text.product);
  if (!session && isOnPlatform(error)) return <PlatformSignIn />;
  if (!session && error) {
    return (
      <Entrance heading={text.signIn.title}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Entrance>
    );
  }
  if (session && handoff) return <Arrival handoff={handoff} />;
  if (session?.user) return <Navigate to={pathAfterSignIn(search.get("next"))} replace />;
  if (!session) return <Pending />;
  return (
    <Entrance business={session.business.name} heading={text.signIn.heading(session.business.name)}>
      <BusinessSignIn />
    </Entrance>
  );
}

/** Until it is known whose address this is: what would be typed into a form by then would be lost. */
function Pending() {
  return (
    <Entrance heading={<Skeleton component="span" h={28} />}>
      <Stack gap="md" role="status" aria-label={text.loading}>
        <Skeleton h={62} />
        <Skeleton h={62} />
        <Skeleton h={42} mt="xs" />
      </Stack>
    </Entrance>
  );
}

/** Redeems what somebody was carried here with; when that is over, they sign in as always. */
function Arrival({ handoff }: { handoff: string }) {
  const { data: session } = useSession();
  const [search] = useSearchParams();
  const { isSuccess, error } = useQuery(arrivalQuery(handoff));
  if (isSuccess) return <Navigate to={pathAfterSignIn(search.get("next"))} replace />;
  const name = session?.business.name ?? "";
  if (error) {
    return (
      <Entrance business={name} heading={text.signIn.heading(name)}>
        <BusinessSignIn handoffError={error} />
      </Entrance>
    );
  }
  return (
    <Entrance business={name} heading={text.entrance.arriving}>
      <Loader size="sm" role="status" aria-label={text.entrance.arriving} />
    </Entrance>
  );
}
