import type { ReactNode } from "react";
import { Navigate, useLocation } from "react-router";

import { isOnPlatform, useSession } from "@/api/session";
import { ViewerContext } from "@/api/viewer";
import { paths, signInPath } from "@/paths";
import { ErrorState } from "@/ui/ErrorState";

import { PageLoader } from "./page-loader";

/** Lets those who are signed in pass; sends others to sign in and back. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { data: session, error, refetch } = useSession();
  const { pathname, search } = useLocation();
  if (!session && isOnPlatform(error)) return <Navigate to={paths.signIn} replace />;
  if (!session) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoader />;
  const { user, business } = session;
  if (user === null) return <Navigate to={signInPath(pathname + search)} replace />;
  return <ViewerContext value={{ user, business }}>{children}</ViewerContext>;
}
