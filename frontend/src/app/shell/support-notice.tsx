import { Button } from "@mantine/core";
import { useEffect } from "react";

import { useSession, useSignOut } from "@/api/session";
import type { Impersonation } from "@/api/shapes";
import { acting } from "@/text/acting";
import { useNow } from "@/time/useNow";
import { notifyFailure } from "@/ui/notifyFailure";

import classes from "./support-notice.module.css";

const EVERY_MS = 5_000;
const MINUTE_MS = 60_000;

/** Says that support acts in somebody's place, for how long, and lets them end it. */
export default function SupportNotice({ impersonation, person }: { impersonation: Impersonation; person: string }) {
  const { refetch } = useSession();
  const end = useSignOut();
  const left = Date.parse(impersonation.ends_at) - useNow(EVERY_MS).getTime();
  const isOver = left <= 0;
  useEffect(() => {
    if (isOver) void refetch();
  }, [isOver, refetch]);
  return (
    <aside className={classes.banner} aria-label={acting.banner}>
      <p className={classes.words}>
        <strong>{acting.who(impersonation.by, person)}</strong> · {acting.left(Math.floor(left / MINUTE_MS))}
        <span className={classes.reason}>{acting.reason(impersonation.reason)}</span>
      </p>
      <Button
        size="compact-sm"
        variant="white"
        color="dark"
        loading={end.isPending}
        onClick={() => {
          end.mutate(undefined, { onError: (error) => notifyFailure(acting.endFailed, error.message) });
        }}
      >
        {acting.end}
      </Button>
    </aside>
  );
}
