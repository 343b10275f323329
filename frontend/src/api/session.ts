import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { ApiError } from "./api-error";
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

/** Whether asking for the session failed because this is the platform's address, where nobody has one. */
export function isOnPlatform(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 401;
}

export const handoffKey = ["handoff"];

/** Forgets what the API told the person who was signed in. How somebody got here stays: it cannot be asked twice. */
export function forget(client: QueryClient): void {
  const kept = [...sessionKey, ...handoffKey];
  client.removeQueries({ predicate: ({ queryKey }) => !kept.includes(String(queryKey[0])) });
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
