import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";
import { entitlementsKey } from "@/api/entitlements";
import { allRows, PAGE_SIZE } from "@/api/pages";
import { resourcesQuery, servicesQuery } from "@/api/scheduling";
import type { Resource, Service } from "@/api/shapes";

/** The people of the business, for those whose role may see them. */
export const membersQuery = queryOptions({
  queryKey: ["team", "names"],
  queryFn: ({ signal }) =>
    allRows((page) => bodyOf(api.GET("/api/team/", { params: { query: { page, page_size: PAGE_SIZE } }, signal }))),
  staleTime: 5 * 60_000,
});

/** What is said about a resource when it is added or changed. */
export type ResourceFields = Partial<
  Pick<Resource, "type" | "max_concurrent_events" | "is_active" | "timezone" | "color" | "user">
> & { name: string };

/** Asks anew for what depends on who can be booked: how much of the plan is used, and which times are free. */
function useRenewal() {
  const client = useQueryClient();
  return async () => {
    const keys = [resourcesQuery.queryKey, servicesQuery.queryKey, entitlementsKey, ["availability"]];
    await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
  };
}

export function useCreateResource() {
  return useMutation({
    mutationFn: (body: ResourceFields): Promise<Resource> => bodyOf(api.POST("/api/resources/", { body })),
    onSettled: useRenewal(),
  });
}

export interface ResourceChange {
  id: number;
  changes: Partial<ResourceFields>;
  /** Switch it off although appointments with it lie ahead. */
  force?: boolean;
}

export function useChangeResource() {
  return useMutation({
    mutationFn: ({ id, changes, force }: ResourceChange): Promise<Resource> => {
      const params = { path: { id }, ...(force && { query: { force } }) };
      return bodyOf(api.PATCH("/api/resources/{id}/", { params, body: changes }));
    },
    onSettled: useRenewal(),
  });
}

export function useDeleteResource() {
  return useMutation({
    mutationFn: (id: number) => api.DELETE("/api/resources/{id}/", { params: { path: { id } } }),
    onSettled: useRenewal(),
  });
}

/** Says for each of some services who performs it. Those before a refused one stay changed. */
export function useSaveGroups() {
  return useMutation({
    mutationFn: async (changes: readonly Pick<Service, "id" | "resource_groups">[]) => {
      for (const { id, resource_groups = [] } of changes) {
        await api.PATCH("/api/services/{id}/", { params: { path: { id } }, body: { resource_groups } });
      }
    },
    onSettled: useRenewal(),
  });
}
