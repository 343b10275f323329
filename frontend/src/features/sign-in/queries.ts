import { queryOptions, useMutation } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";
import { type Credentials, forget, handoffKey, sessionKey } from "@/api/session";
import type { Session } from "@/api/shapes";

/** Asks, on the platform's address, which businesses somebody belongs to. */
export function useBusinesses() {
  return useMutation({
    mutationFn: async (credentials: Credentials) =>
      (await bodyOf(api.POST("/api/session/businesses/", { body: credentials }))).businesses,
    gcTime: 0,
  });
}

/** Begins the session that somebody was carried here for. It works once, so it is asked for once whatever happens. */
export const arrivalQuery = (handoff: string) =>
  queryOptions({
    queryKey: [...handoffKey, handoff],
    queryFn: async ({ client }): Promise<Session> => {
      const session = await bodyOf(api.POST("/api/session/handoff/", { body: { token: handoff } }));
      forget(client);
      client.setQueryData(sessionKey, session);
      return session;
    },
    staleTime: Infinity,
    retry: false,
    retryOnMount: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
