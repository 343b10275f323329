import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { Feed, NewFeed, Privacy } from "@/api/calendarSync";
import { calendarSyncKey } from "@/api/calendarSyncKey";
import { api, bodyOf } from "@/api/client";
import { allRows, PAGE_SIZE } from "@/api/pages";

/** The subscriptions the viewer may see, the oldest first; their addresses are not among what is known. */
export const feedsQuery = queryOptions({
  queryKey: [...calendarSyncKey, "feeds"],
  queryFn: ({ signal }): Promise<Feed[]> =>
    allRows((page) => {
      const query = { page, page_size: PAGE_SIZE };
      return bodyOf(api.GET("/api/calendar-sync/feeds/", { params: { query }, signal }));
    }),
});

export interface WantedFeed {
  resource: number | null;
  privacy: Privacy;
  past_days: number;
  future_days: number;
}

/** Makes a subscription. The answer holds its address, so it is forgotten as soon as nobody shows it. */
export function useMakeFeed() {
  const renew = useFeedRenewal();
  return useMutation({
    mutationFn: (body: WantedFeed): Promise<NewFeed> => bodyOf(api.POST("/api/calendar-sync/feeds/", { body })),
    onSuccess: renew,
    gcTime: 0,
  });
}

/** Gives a subscription a new address; the old one is nothing from then on. */
export function useRotateFeed() {
  const renew = useFeedRenewal();
  return useMutation({
    mutationFn: ({ id }: Feed): Promise<NewFeed> =>
      bodyOf(api.POST("/api/calendar-sync/feeds/{id}/rotate/", { params: { path: { id } } })),
    onSuccess: renew,
    gcTime: 0,
  });
}

/** Takes a subscription away. */
export function useDeleteFeed() {
  const renew = useFeedRenewal();
  return useMutation({
    mutationFn: ({ id }: Feed) => api.DELETE("/api/calendar-sync/feeds/{id}/", { params: { path: { id } } }),
    onSettled: renew,
  });
}

function useFeedRenewal() {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: feedsQuery.queryKey });
  };
}
