import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";
import { entitlementsKey } from "@/api/entitlements";
import { allRows, PAGE_SIZE } from "@/api/pages";
import { sessionKey } from "@/api/session";
import type { Invitation, Member, Role } from "@/api/shapes";

/** The people of the business, former ones included. */
export const membersQuery = queryOptions({
  queryKey: ["team"],
  queryFn: ({ signal }): Promise<Member[]> =>
    allRows((page) => bodyOf(api.GET("/api/team/", { params: { query: { page, page_size: PAGE_SIZE } }, signal }))),
});

/** Invitations that were not accepted. */
export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: ({ signal }): Promise<Invitation[]> =>
    allRows((page) =>
      bodyOf(api.GET("/api/invitations/", { params: { query: { page, page_size: PAGE_SIZE } }, signal })),
    ),
});

interface MemberChange {
  member: Member;
  change: { role?: Role; is_active?: boolean };
}

/** Changes a member: who they are in the list, how many count towards the plan, and perhaps oneself. */
export function useChangeMember() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ member: { id }, change }: MemberChange) =>
      bodyOf(api.PATCH("/api/team/{id}/", { params: { path: { id } }, body: change })),
    onSettled: () =>
      Promise.all(
        [membersQuery.queryKey, entitlementsKey, sessionKey].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
}

/** Invites a person; inviting the same address again sends a new link and makes the former one void. */
export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; role: Role }) => bodyOf(api.POST("/api/invitations/", { body })),
    onSettled: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
}

/** Makes an invitation void. */
export function useWithdraw() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Invitation) => api.DELETE("/api/invitations/{id}/", { params: { path: { id } } }),
    onSettled: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
}
