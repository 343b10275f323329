import { Anchor, Loader, Skeleton, Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useLocation, useSearchParams } from "react-router";

import { ApiError } from "@/api/api-error";
import { isOnPlatform, useSession } from "@/api/session";
import { pathAfterSignIn, paths } from "@/paths";
import { text } from "@/text";
import { support } from "@/text/support";
import { useAccent } from "@/ui/accent";
import { Entrance } from "@/ui/Entrance";
import { ErrorState } from "@/ui/ErrorState";

import { BusinessSignIn } from "./components/BusinessSignIn";
import { PlatformSignIn } from "./components/PlatformSignIn";
import { arrivalQuery, type Way } from "./queries";

/**
 * Signing in: to the business whose address this is, or on the platform's address to a business it leads to. `?handoff=`
 * carries somebody who was there, `#support=` somebody of support in a member's place, `?next=` says where to go on.
 */
export function Component() {
  const { data: session, error, refetch } = useSession();
  const [search] = useSearchParams();
  const handoff = search.get("handoff");
  const supportGrant = new URLSearchParams(useLocation().hash.slice(1)).get("support");
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
  if (session && supportGrant) return <Arrival way="/api/session/support/" secret={supportGrant} />;
  if (session && handoff) return <Arrival way="/api/session/handoff/" secret={handoff} />;
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
function Arrival({ way, secret }: { way: Way; secret: string }) {
  const { data: session } = useSession();
  const [search] = useSearchParams();
  const { isSuccess, error } = useQuery(arrivalQuery(way, secret));
  if (isSuccess) return <Navigate to={pathAfterSignIn(search.get("next"))} replace />;
  const name = session?.business.name ?? "";
  if (error && way === "/api/session/support/") return <SupportRefused business={name} error={error} />;
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

/** Support signs in as nobody here: it begins again in the back office, or goes on with what it is doing. */
function SupportRefused({ business, error }: { business: string; error: Error }) {
  const code = error instanceof ApiError ? error.code : "";
  const isBusy = code === "not_while_impersonating";
  return (
    <Entrance business={business} heading={isBusy ? support.busyHeading : support.expiredHeading}>
      <Text role="status">{code === "support_link_invalid" ? support.expired : isBusy ? support.busy : error.message}</Text>
      {isBusy && (
        <Anchor component={Link} to={paths.today}>
          {text.errors.toToday}
        </Anchor>
      )}
    </Entrance>
  );
}
