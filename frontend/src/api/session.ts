import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "./client";
import type { Session } from "./shapes";

export const sessionKey = ["session"];

/** Who is signed in where. Asking also sets the cookie that writes need. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: ({ signal }): Promise<Session> => bodyOf(api.GET("/api/session/", { signal })),
  staleTime: 5 * 60_000,
});

export function useSession() {
  return useQuery(sessionQuery);
}

export interface Credentials {
  email: string;
  password: string;
}

/** Forgets what the API told the person who was signed in. */
function forget(client: QueryClient): void {
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
}

/** Signs in. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) => bodyOf(api.POST("/api/session/", { body: credentials })),
    onSuccess: (session) => {
      forget(client);
      client.setQueryData(sessionKey, session);
    },
  });
}

/** Signs out; the session is asked for anew and answers with nobody. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE("/api/session/"),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: sessionKey });
      forget(client);
    },
  });
}
