import { useMutation, useQueryClient } from "@tanstack/react-query";

import { type CalendarConnection, connectionsQuery, type ExternalCalendar } from "@/api/calendarSync";
import { api, bodyOf } from "@/api/client";
import { calendarSync as syncText } from "@/text/calendarSync";
import { notifyFailure } from "@/ui/notifyFailure";

import { nameOf } from "./names";
import { useRenewal } from "./queries";

/** What may be chosen for a calendar; what is not named stays. */
export type Choices = Partial<
  Pick<
    ExternalCalendar,
    | "read_busy"
    | "write_target"
    | "privacy"
    | "tentative_blocks"
    | "cancel_on_remote_delete"
    | "move_on_remote_move"
    | "invites_customers"
  >
>;

export interface Choosing {
  calendar: ExternalCalendar;
  choices: Choices;
}

/** Returns the connections as they are once something is chosen: one calendar of an account is written to. */
export function chosen(connections: readonly CalendarConnection[], { calendar, choices }: Choosing) {
  return connections.map((connection) => {
    if (!connection.calendars.some(({ id }) => id === calendar.id)) return connection;
    const calendars = connection.calendars.map((one) => {
      if (one.id === calendar.id) return { ...one, ...choices };
      return choices.write_target === true ? { ...one, write_target: false } : one;
    });
    return { ...connection, calendars };
  });
}

/** Chooses what a calendar is used for: shown at once, taken back if the server refuses. */
export function useChoose() {
  const client = useQueryClient();
  const renew = useRenewal();
  const { queryKey } = connectionsQuery;
  const mutationKey = ["calendar choice"];
  return useMutation({
    mutationKey,
    // One after the other: of two writers the last one counts.
    scope: { id: "calendar choice" },
    mutationFn: ({ calendar: { id }, choices }: Choosing) =>
      bodyOf(api.PATCH("/api/calendar-sync/calendars/{id}/", { params: { path: { id } }, body: choices })),
    onMutate: async (choosing) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      client.setQueryData(queryKey, (known) => known && chosen(known, choosing));
      return before;
    },
    onError: (error, { calendar }, before) => {
      client.setQueryData(queryKey, before);
      notifyFailure(syncText.calendars.failed(nameOf(calendar)), error.message);
    },
    onSettled: async () => {
      // An answer from before the last choice would show it undone for a moment.
      if (client.isMutating({ mutationKey }) <= 1) await renew();
    },
  });
}
