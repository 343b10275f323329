import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";
import { allRows, PAGE_SIZE } from "@/api/pages";
import type { ApiToken, TokenScope } from "@/api/shapes";

/** The usable tokens the viewer may see: their own, and for managers and owners those of all programs. */
export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: ({ signal }): Promise<ApiToken[]> =>
    allRows((page) => bodyOf(api.GET("/api/tokens/", { params: { query: { page, page_size: PAGE_SIZE } }, signal }))),
});

export interface WantedToken {
  name: string;
  scope: TokenScope;
  expires_at: string | null;
}

/** Creates a token. The answer holds its secret, so it is forgotten as soon as nobody shows it. */
export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: WantedToken) => bodyOf(api.POST("/api/tokens/", { body: wanted })),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
    gcTime: 0,
  });
}

/** Makes a token unusable. */
export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: ApiToken) => api.DELETE("/api/tokens/{id}/", { params: { path: { id } } }),
    onSettled: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
}
