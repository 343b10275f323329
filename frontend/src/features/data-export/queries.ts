import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { ApiError } from "@/api/api-error";
import { api, bodyOf } from "@/api/client";
import type { ExportJob } from "@/api/shapes";

import { type Choice, downloadPath, orderOf } from "./choice";
import { countRows } from "./rows";

export const JOBS_PAGE_SIZE = 10;
const WATCHED_MS = 1_000;
/** Links to files are good for an hour from the moment they are read. */
const LINKS_RENEWED_MS = 30 * 60_000;

/** What can be exported, with columns, filters and formats. */
export const catalogueQuery = queryOptions({
  queryKey: ["export", "catalogue"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/export/", { signal })),
  staleTime: 5 * 60_000,
});

/** How many rows a choice has; null where the API's lists cannot tell. */
export const rowsQuery = ({ dataset, filters }: Choice, zone: string) =>
  queryOptions({
    queryKey: ["export", "rows", dataset.key, filters],
    queryFn: ({ signal }) => countRows(dataset.key, filters, { zone, signal }),
    placeholderData: (rows, query) => (query?.queryKey[2] === dataset.key ? rows : undefined),
  });

const jobsKey = ["export", "jobs"];

/** A page of the jobs, newest first; renewed every second while one of them is unfinished. */
export const jobsQuery = (page: number) =>
  queryOptions({
    queryKey: [...jobsKey, page],
    queryFn: ({ signal }) =>
      bodyOf(api.GET("/api/export/jobs/", { params: { query: { page, page_size: JOBS_PAGE_SIZE } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.results.some(isUnfinished) ? WATCHED_MS : LINKS_RENEWED_MS),
  });

/** Tells whether a worker has the job, or will. */
export function isUnfinished({ state }: ExportJob): boolean {
  return state === "queued" || state === "running";
}

/** Orders a job. */
export function useOrder() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choice: Choice): Promise<ExportJob> =>
      bodyOf(api.POST("/api/export/jobs/", { body: orderOf(choice) })),
    onSuccess: () => client.invalidateQueries({ queryKey: jobsKey }),
  });
}

/** Cancels an unfinished job, or removes the file of a finished one. */
export function useWithdraw() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (job: ExportJob) => api.DELETE("/api/export/jobs/{id}/", { params: { path: { id: job.id } } }),
    onSettled: () => client.invalidateQueries({ queryKey: jobsKey }),
  });
}

/**
 * Asks whether a download will be granted, while the browser is at it: a refused download leaves only a note among the
 * browser's downloads, so the reason is read here. Rejects with ApiError.
 */
export function useDownloadCheck() {
  return useMutation({
    mutationFn: async (choice: Choice) => {
      const address = downloadPath(choice);
      const head = await ask(address, "HEAD");
      // The answer to HEAD has no body; the refusal itself is told by GET.
      if (!head.ok) throw await ApiError.from(await ask(address, "GET"));
    },
  });
}

async function ask(address: string, method: "GET" | "HEAD"): Promise<Response> {
  try {
    return await fetch(new URL(address, window.location.origin), { method });
  } catch {
    throw ApiError.unreachable();
  }
}
