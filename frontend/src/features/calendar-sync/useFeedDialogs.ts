import { useState } from "react";

import type { Feed, NewFeed } from "@/api/calendarSync";

/** What lies open over the subscriptions. An address is gone with its dialog. */
export type FeedStep =
  | { at: "closed" }
  | { at: "form" }
  | { at: "rotate" | "remove"; feed: Feed }
  | { at: "secret"; feed: NewFeed; isCopied: boolean; isLeaving: boolean };

/** Returns the dialogs of subscriptions and what opens them. */
export function useFeedDialogs() {
  const [step, setStep] = useState<FeedStep>({ at: "closed" });
  const close = () => setStep({ at: "closed" });
  return {
    step,
    close,
    add: () => setStep({ at: "form" }),
    rotate: (feed: Feed) => setStep({ at: "rotate", feed }),
    remove: (feed: Feed) => setStep({ at: "remove", feed }),
    reveal: (feed: NewFeed) => setStep({ at: "secret", feed, isCopied: false, isLeaving: false }),
    copied: () => setStep((now) => (now.at === "secret" ? { ...now, isCopied: true } : now)),
    stay: () => setStep((now) => (now.at === "secret" ? { ...now, isLeaving: false } : now)),
    /** Closes; asks before an address is lost that nobody copied. */
    leave: () => setStep((now) => (now.at === "secret" && !now.isCopied ? { ...now, isLeaving: true } : { at: "closed" })),
  };
}

export type FeedDialogsState = ReturnType<typeof useFeedDialogs>;
