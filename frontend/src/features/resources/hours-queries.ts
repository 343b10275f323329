import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";
import { allRows, PAGE_SIZE } from "@/api/pages";
import type { DateOverride, TimeOff, Week, WorkingHours } from "@/api/shapes";
import type { Span } from "@/ui/TimeRange";
import { clockOf } from "@/time/wallClock";

/** Whose hours: a resource's by its id, or the business's own. */
export type Owner = number | null;

const hoursKey = ["hours"];
const PAST_SHOWN = 50;
const filterBy = (owner: Owner) => ({ resource: owner ?? ("none" as const) });

/** The weekly hours; a resource without any works in the business's. */
export const weekQuery = (owner: Owner) =>
  queryOptions({
    queryKey: [...hoursKey, "week", owner],
    queryFn: ({ signal }): Promise<Week> => {
      const query = owner === null ? {} : { resource: owner };
      return bodyOf(api.GET("/api/schedule/working-hours/week/", { params: { query }, signal }));
    },
  });

/** All weekly hours of everybody. */
export const allHoursQuery = queryOptions({
  queryKey: [...hoursKey, "everybody"],
  queryFn: ({ signal }): Promise<WorkingHours[]> =>
    allRows((page) =>
      bodyOf(api.GET("/api/schedule/working-hours/", { params: { query: { page, page_size: PAGE_SIZE } }, signal })),
    ),
});

/** The other hours of single dates, from `today` on. */
export const datesQuery = (owner: Owner, today: string) =>
  queryOptions({
    queryKey: [...hoursKey, "dates", owner, today],
    queryFn: ({ signal }): Promise<DateOverride[]> =>
      allRows((page) => {
        const query = { ...filterBy(owner), date_from: today, page, page_size: PAGE_SIZE };
        return bodyOf(api.GET("/api/schedule/date-overrides/", { params: { query }, signal }));
      }),
  });

/** Time off that is not over, earliest first. */
export const timeOffQuery = (owner: Owner) =>
  queryOptions({
    queryKey: [...hoursKey, "time-off", owner],
    queryFn: ({ signal }): Promise<TimeOff[]> => {
      const ends_after = new Date().toISOString();
      return allRows((page) => {
        const query = { ...filterBy(owner), ends_after, page, page_size: PAGE_SIZE };
        return bodyOf(api.GET("/api/schedule/time-off/", { params: { query }, signal }));
      });
    },
  });

/** The latest time off that is over, latest first. */
export const pastTimeOffQuery = (owner: Owner) =>
  queryOptions({
    queryKey: [...hoursKey, "past-time-off", owner],
    queryFn: async ({ signal }): Promise<TimeOff[]> => {
      const now = new Date();
      const query = { ...filterBy(owner), starts_before: now.toISOString(), ordering: "-start_at", page_size: PAST_SHOWN };
      const { results } = await bodyOf(api.GET("/api/schedule/time-off/", { params: { query }, signal }));
      return results.filter(({ end_at }) => new Date(end_at) <= now);
    },
  });

async function renew(client: QueryClient): Promise<void> {
  await Promise.all([hoursKey, ["availability"]].map((queryKey) => client.invalidateQueries({ queryKey })));
}

function useHoursMutation<Given>(mutationFn: (given: Given) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => renew(client) });
}

/** Replaces the weekly hours. Days without any leave a resource with those of the business. */
export function useSaveWeek(owner: Owner) {
  return useHoursMutation((days: Week["days"]) =>
    bodyOf(api.PUT("/api/schedule/working-hours/week/", { body: { resource: owner, days } })),
  );
}

/** A date with its hours, none of which closes it, and the entries it has already. */
export interface DateHours {
  date: string;
  spans: readonly Span[];
  replaced: readonly DateOverride[];
}

/** Gives a date other hours, or closes it: what it had goes first, as the server refuses hours that overlap. */
export function useSaveDate(owner: Owner) {
  return useHoursMutation(async ({ date, spans, replaced }: DateHours) => {
    const wanted = spans.length === 0 ? [{ opens: null, closes: null }] : spans.map(asClocks);
    const isWanted = (row: DateOverride) => wanted.some((span) => row.date === date && isSameHours(row, span));
    for (const { id } of replaced.filter((row) => !isWanted(row))) await removeDate(id);
    const kept = replaced.filter(isWanted);
    for (const span of wanted.filter((span) => !kept.some((row) => isSameHours(row, span)))) {
      await api.POST("/api/schedule/date-overrides/", { body: { resource: owner, date, ...span } });
    }
  });
}

/** Lets a date follow the weekly hours again. */
export function useRemoveDate() {
  return useHoursMutation(async (rows: readonly DateOverride[]) => {
    for (const { id } of rows) await removeDate(id);
  });
}

/** What is said about time off; local times of the business without an offset. */
export type TimeOffFields = Pick<TimeOff, "start_at" | "end_at" | "reason">;

export function useSaveTimeOff(owner: Owner) {
  return useHoursMutation(({ id, ...fields }: TimeOffFields & { id?: number | undefined }) => {
    const body = { ...fields, resource: owner };
    if (id === undefined) return bodyOf(api.POST("/api/schedule/time-off/", { body }));
    return bodyOf(api.PATCH("/api/schedule/time-off/{id}/", { params: { path: { id } }, body }));
  });
}

export function useRemoveTimeOff() {
  return useHoursMutation((id: number) => api.DELETE("/api/schedule/time-off/{id}/", { params: { path: { id } } }));
}

const removeDate = (id: number) => api.DELETE("/api/schedule/date-overrides/{id}/", { params: { path: { id } } });

const asClocks = ({ opens, closes }: Span) => ({
  opens: opens === null ? null : clockOf(opens),
  closes: closes === null ? null : clockOf(closes),
});

function isSameHours(row: DateOverride, { opens, closes }: { opens: string | null; closes: string | null }): boolean {
  return (row.opens ?? null) === opens && (row.closes ?? null) === closes;
}
