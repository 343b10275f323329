import { useState } from "react";

import { ApiError } from "@/api/api-error";
import type { CalendarConnection } from "@/api/calendarSync";
import { paths } from "@/paths";
import { calendarSync as syncText } from "@/text/calendarSync";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { leaveFor } from "./leave";
import { labelOf } from "./names";
import { fixFor } from "./problems";
import { type ConnectionAct, useConnectionAct, useConsent } from "./queries";

const words = syncText.accounts;

/** What can be done with a connected account. */
export interface AccountActs {
  choose: (connection: CalendarConnection) => void;
  perform: (connection: CalendarConnection, act: ConnectionAct) => void;
  reconnect: (connection: CalendarConnection) => void;
  disconnect: (connection: CalendarConnection) => void;
}

/** What lies open over the accounts; the last one keeps its words while it closes. */
export interface Opened {
  dialog: "calendars" | "reconnect" | "disconnect";
  id: string;
  isOpen: boolean;
}

const done: Record<ConnectionAct, (account: string) => string> = {
  sync: words.syncing,
  test: words.tested,
  pause: words.paused,
  resume: words.resumed,
};
const failed: Record<ConnectionAct, (account: string) => string> = {
  sync: words.syncFailed,
  test: words.testFailed,
  pause: words.notChanged,
  resume: words.notChanged,
};

/** Returns what can be done with accounts, and the dialog that is open for one; `first` is open from the start. */
export function useAccountActs(first: () => Opened | null) {
  const [opened, setOpened] = useState(first);
  const { mutate } = useConnectionAct();
  const renewConsent = useConsentRenewal();
  const open = (dialog: Opened["dialog"]) => (connection: CalendarConnection) =>
    setOpened({ dialog, id: connection.id, isOpen: true });
  const acts: AccountActs = {
    choose: open("calendars"),
    disconnect: open("disconnect"),
    reconnect: (connection) => {
      if (connection.provider === "caldav") open("reconnect")(connection);
      else renewConsent(connection);
    },
    perform: (connection, act) => {
      const account = labelOf(connection);
      mutate(
        { id: connection.id, act },
        {
          onSuccess: () => notifyDone(done[act](account)),
          onError: (error) => notifyFailure(failed[act](account), reasonOf(error)),
        },
      );
    },
  };
  const close = () => setOpened((last) => last && { ...last, isOpen: false });
  return { acts, opened, close };
}

function reasonOf(error: Error): string {
  if (!(error instanceof ApiError)) return error.message;
  if (error.code === "sync_running") return words.running;
  return [error.message, fixFor(error.code)].filter(Boolean).join(" ");
}

/** Returns what leads to the consent page of an account that has one. */
function useConsentRenewal() {
  const { mutate } = useConsent(paths.calendarSync);
  return ({ id, provider, resource }: CalendarConnection) => {
    if (provider !== "google" && provider !== "microsoft") return;
    mutate(
      { provider, resource, connection: id },
      {
        onSuccess: ({ authorize_url: url }) => leaveFor(url),
        onError: (error) => notifyFailure(syncText.reconnecting.consentFailed, error.message),
      },
    );
  };
}
