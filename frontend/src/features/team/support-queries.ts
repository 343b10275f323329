import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";
import { allRows, PAGE_SIZE } from "@/api/pages";
import type { SupportAccess } from "@/api/shapes";

/** When somebody of support acted as a member, the last time first. */
export const supportVisitsQuery = queryOptions({
  queryKey: ["support-access"],
  queryFn: ({ signal }): Promise<SupportAccess[]> =>
    allRows((page) =>
      bodyOf(api.GET("/api/support-access/", { params: { query: { page, page_size: PAGE_SIZE } }, signal })),
    ),
});

/** Whether support may act as members. */
export const supportSettingQuery = queryOptions({
  queryKey: ["support-setting"],
  queryFn: async ({ signal }): Promise<boolean> =>
    (await bodyOf(api.GET("/api/support-access/setting/", { signal }))).support_access_allowed,
});

/** Lets support act as members, or no more. */
export function useAllowSupport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (isAllowed: boolean) => {
      const body = { support_access_allowed: isAllowed };
      return (await bodyOf(api.PATCH("/api/support-access/setting/", { body }))).support_access_allowed;
    },
    onSuccess: async (isAllowed) => {
      client.setQueryData(supportSettingQuery.queryKey, isAllowed);
      await client.invalidateQueries({ queryKey: supportVisitsQuery.queryKey });
    },
  });
}
