import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";
import { allRows, PAGE_SIZE } from "@/api/pages";
import type { Plan, PlanRequest } from "@/api/shapes";
import type { FeatureKey } from "@/plan/keys";

/** The plans on sale, and the one the business has. Cheapest first. */
export const plansQuery = queryOptions({
  queryKey: ["plans"],
  queryFn: ({ signal }): Promise<Plan[]> =>
    allRows((page) => bodyOf(api.GET("/api/plans/", { params: { query: { page, page_size: PAGE_SIZE } }, signal }))),
});

/** What the business asked for last, null when it never asked; for owners. */
export const lastRequestQuery = queryOptions({
  queryKey: ["plan-requests"],
  queryFn: async ({ signal }): Promise<PlanRequest | null> => {
    const { results } = await bodyOf(api.GET("/api/plan-requests/", { params: { query: { page_size: 1 } }, signal }));
    return results[0] ?? null;
  },
});

interface Wanted {
  plan: string;
  feature: FeatureKey | "";
  note: string;
}

/** Asks the people who run the platform for a plan. */
export function useAskForPlan() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Wanted) => bodyOf(api.POST("/api/plan-requests/", { body })),
    onSettled: () => client.invalidateQueries({ queryKey: lastRequestQuery.queryKey }),
  });
}

/** Takes a request back that was not decided yet. */
export function useWithdraw() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: PlanRequest) => api.DELETE("/api/plan-requests/{id}/", { params: { path: { id } } }),
    onSettled: () => client.invalidateQueries({ queryKey: lastRequestQuery.queryKey }),
  });
}
