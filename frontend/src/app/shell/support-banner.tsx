import { lazy, Suspense } from "react";

import { useSession } from "@/api/session";

const SupportNotice = lazy(() => import("./support-notice"));

/** Says on every screen that support acts in somebody's place; nothing of it is loaded for people acting themselves. */
export function SupportBanner() {
  const { data: session } = useSession();
  if (!session?.user || !session.impersonation) return null;
  return (
    <Suspense fallback={null}>
      <SupportNotice impersonation={session.impersonation} person={session.user.name || session.user.email} />
    </Suspense>
  );
}
