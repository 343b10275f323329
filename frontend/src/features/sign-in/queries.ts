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

/** How somebody comes here who is known elsewhere: by a handoff of their own, or as support in a member's place. */
export type Way = "/api/session/handoff/" | "/api/session/support/";

/** Begins the session that somebody was carried here for. It works once, so it is asked for once whatever happens. */
export const arrivalQuery = (way: Way, secret: string) =>
  queryOptions({
    queryKey: [...handoffKey, way, secret],
    queryFn: async ({ client }): Promise<Session> => {
      const session = await bodyOf(api.POST(way, { body: { token: secret } }));
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
