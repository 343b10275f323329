import { useEffect } from "react";
import { useBlocker } from "react-router";

import { text } from "@/text";

import { AskDialog } from "../AskDialog";

/** Asks before a screen is left on which something is not saved. Filters in the address are no other screen. */
export function LeaveGuard({ when }: { when: boolean }) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => when && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!when) return undefined;
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => {
      window.removeEventListener("beforeunload", ask);
    };
  }, [when]);
  const { heading, body, yes, no } = text.dialog.leave;
  return (
    <AskDialog
      question={blocker.state === "blocked" ? { heading, body, yes, no, isGrave: true } : null}
      onNo={() => {
        blocker.reset?.();
      }}
      onYes={() => {
        blocker.proceed?.();
      }}
    />
  );
}
