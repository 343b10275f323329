import { queryOptions } from "@tanstack/react-query";

import { api, bodyOf } from "./client";
import type { Snapshot } from "./shapes";

export const entitlementsKey = ["entitlements"];

/**
 * What the business may do. The browser revalidates it by its ETag, so asking again costs little. After a failure it is
 * asked again on request, not by every gate that appears: each would turn the others back into skeletons.
 */
export const entitlementsQuery = queryOptions({
  queryKey: entitlementsKey,
  queryFn: ({ signal }): Promise<Snapshot> => bodyOf(api.GET("/api/entitlements/", { signal })),
  staleTime: 60_000,
  retryOnMount: false,
});
