import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { type CalendarConnection, type CalendarProvider, connectionsQuery } from "@/api/calendarSync";
import { calendarSyncKey } from "@/api/calendarSyncKey";
import { api, bodyOf } from "@/api/client";

/** What calendars can be connected from; it changes with the installation alone. */
export const providersQuery = queryOptions({
  queryKey: [...calendarSyncKey, "providers"],
  queryFn: ({ signal }): Promise<CalendarProvider[]> =>
    bodyOf(api.GET("/api/calendar-sync/providers/", { signal })),
  staleTime: Infinity,
});

/** A connection with the last visits in which something happened. */
export const statusQuery = (id: string) =>
  queryOptions({
    queryKey: [...calendarSyncKey, "status", id],
    queryFn: ({ signal }) =>
      bodyOf(api.GET("/api/calendar-sync/connections/{id}/status/", { params: { path: { id } }, signal })),
  });

export interface Credentials {
  provider: "caldav" | "ics";
  url: string;
  username: string;
  password: string;
  resource: number | null;
}

/** Connects an account that is named by typing. The password is forgotten as soon as nobody shows the form. */
export function useConnect() {
  const renew = useRenewal();
  return useMutation({
    mutationFn: (body: Credentials): Promise<CalendarConnection> =>
      bodyOf(api.POST("/api/calendar-sync/connections/", { body })),
    onSuccess: (made) => renew(made),
    gcTime: 0,
  });
}

export interface Consent {
  provider: "google" | "microsoft";
  resource: number | null;
  /** Whose consent is renewed; null for a new account. */
  connection: string | null;
}

/** Asks for the address of the consent page of an account, from which people are brought back to `returnPath`. */
export function useConsent(returnPath: string) {
  return useMutation({
    mutationFn: ({ provider, resource, connection }: Consent) => {
      const body = { provider, resource, return_path: returnPath, ...(connection !== null && { connection }) };
      return bodyOf(api.POST("/api/calendar-sync/connections/oauth/start/", { body }));
    },
    gcTime: 0,
  });
}

/** Gives an account another password. */
export function useReconnect() {
  const renew = useRenewal();
  return useMutation({
    mutationFn: ({ id, username, password }: { id: string; username: string; password: string }) => {
      const body = { password, ...(username !== "" && { username }) };
      return bodyOf(api.POST("/api/calendar-sync/connections/{id}/reconnect/", { params: { path: { id } }, body }));
    },
    onSuccess: (changed) => renew(changed),
    gcTime: 0,
  });
}

export type ConnectionAct = "sync" | "test" | "pause" | "resume";

const send: Record<ConnectionAct, (id: string) => Promise<{ data?: CalendarConnection }>> = {
  sync: (id) => api.POST("/api/calendar-sync/connections/{id}/sync/", { params: { path: { id } } }),
  test: (id) => api.POST("/api/calendar-sync/connections/{id}/test/", { params: { path: { id } } }),
  pause: (id) => api.POST("/api/calendar-sync/connections/{id}/pause/", { params: { path: { id } } }),
  resume: (id) => api.POST("/api/calendar-sync/connections/{id}/resume/", { params: { path: { id } } }),
};

/** Does something with a connection. */
export function useConnectionAct() {
  const renew = useRenewal();
  return useMutation({
    mutationFn: ({ id, act }: { id: string; act: ConnectionAct }) => bodyOf(send[act](id)),
    onSuccess: (changed) => renew(changed),
  });
}

/** Takes a connection apart; tells whether it is gone already, or our entries are being removed first. */
export function useDisconnect() {
  const renew = useRenewal();
  return useMutation({
    mutationFn: async ({ id, isRemoving }: { id: string; isRemoving: boolean }): Promise<boolean> => {
      const params = { path: { id }, query: { remove_remote_events: isRemoving } };
      const { response } = await api.DELETE("/api/calendar-sync/connections/{id}/", { params });
      return response.status === 204;
    },
    // Not waited for: with the account, its dialog goes that tells how it went.
    onSettled: () => {
      void renew();
    },
  });
}

/** Asks the server for the account's calendars; tells how many are new. */
export function useRefreshCalendars() {
  const renew = useRenewal();
  return useMutation({
    mutationFn: async ({ id, calendars }: CalendarConnection): Promise<number> => {
      const params = { path: { id } };
      const found = await bodyOf(api.POST("/api/calendar-sync/connections/{id}/calendars/refresh/", { params }));
      return found.length - calendars.length;
    },
    onSettled: () => renew(),
  });
}

/** Returns what shows a changed connection at once and asks anew for everything it has a part in. */
export function useRenewal() {
  const client = useQueryClient();
  return async (changed?: CalendarConnection) => {
    if (changed) {
      client.setQueryData(connectionsQuery.queryKey, (known) => known && withConnection(known, changed));
    }
    const keys = [calendarSyncKey, ["hours"], ["availability"]];
    await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
  };
}

function withConnection(known: readonly CalendarConnection[], changed: CalendarConnection): CalendarConnection[] {
  const isKnown = known.some(({ id }) => id === changed.id);
  return isKnown ? known.map((one) => (one.id === changed.id ? changed : one)) : [...known, changed];
}
