import { queryOptions } from "@tanstack/react-query";

import { api, bodyOf } from "./client";
import type { Snapshot } from "./shapes";

export const entitlementsKey = ["entitlements"];

const MINUTE_MS = 60_000;

/**
 * What the business may do. A plan is changed elsewhere, so it is asked again every minute and whenever the window is
 * looked at; the browser revalidates it by its ETag, so that costs little. After a failure it is asked again on request,
 * not by every gate that appears: each would turn the others back into skeletons.
 */
export const entitlementsQuery = queryOptions({
  queryKey: entitlementsKey,
  queryFn: ({ signal }): Promise<Snapshot> => bodyOf(api.GET("/api/entitlements/", { signal })),
  staleTime: MINUTE_MS,
  refetchInterval: MINUTE_MS,
  refetchOnWindowFocus: "always",
  retryOnMount: false,
});
