import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";
import { sessionKey } from "@/api/session";
import type { Session } from "@/api/shapes";

/** Gives the person signed in another name, shown everywhere at once. */
export function useRename() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => bodyOf(api.PATCH("/api/me/", { body: { name } })),
    onSuccess: async (user) => {
      client.setQueryData<Session>(sessionKey, (session) => session && { ...session, user });
      await client.invalidateQueries({ queryKey: ["team"] });
    },
  });
}

export interface PasswordChange {
  current_password: string;
  new_password: string;
}

/** Gives the person signed in another password; this session goes on. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PasswordChange) => api.POST("/api/me/password/", { body }),
    // The token that writes must carry is another one from now on.
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
    gcTime: 0,
  });
}
