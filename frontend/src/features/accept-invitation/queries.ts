import { queryOptions, useMutation } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";

/** What the link of an invitation offers. */
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/invitations/preview/", { params: { query: { token } }, signal })),
    staleTime: Infinity,
  });

export interface Acceptance {
  token: string;
  name: string;
  password: string;
}

/** Joins the business. */
export function useAccept() {
  return useMutation({
    mutationFn: (acceptance: Acceptance) => bodyOf(api.POST("/api/invitations/accept/", { body: acceptance })),
  });
}
