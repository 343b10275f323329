import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

import { ApiError } from "./api-error";
import { entitlementsKey } from "./entitlements";
import { sessionKey } from "./session";

const MOST_RETRIES = 2;

/**
 * Returns the memory of what the API said. A refusal for reasons of the plan, wherever it comes from, asks for the plan
 * anew; one for want of a session asks who is signed in, unless that was the question.
 */
export function createQueryClient(): QueryClient {
  const onError = (error: Error, key?: unknown) => {
    if (!(error instanceof ApiError)) return;
    if (error.isAboutPlan) void client.invalidateQueries({ queryKey: entitlementsKey });
    if (error.status === 401 && key !== sessionKey[0]) void client.invalidateQueries({ queryKey: sessionKey });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: (error, { queryKey }) => onError(error, queryKey[0]) }),
    mutationCache: new MutationCache({ onError: (error) => onError(error) }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) => count < MOST_RETRIES && error instanceof ApiError && error.isPassing,
      },
    },
  });
  return client;
}
