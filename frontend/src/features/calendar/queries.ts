import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";
import { allRowsAtOnce, PAGE_SIZE } from "@/api/pages";
import type { TimeOff } from "@/api/shapes";
import { appointmentsBetween, type Span } from "@/booking/queries";

import type { Timetable } from "./hours";

/** Whoever changes hours or time off asks anew for everything below this key. */
const hoursKey = ["hours"];
const HOURS_FRESH_MS = 5 * 60_000;
/** Others work on the same calendar. */
const RENEWED_MS = 60_000;
/** An appointment may have begun on the day before the first that is shown. */
const RUNS_ON_MS = 12 * 3_600_000;

/** The appointments of a span and those that run on into it, renewed every minute. */
export const calendarQuery = ({ startAt, endAt }: Pick<Span, "startAt" | "endAt">) => ({
  ...appointmentsBetween({ startAt: new Date(startAt.getTime() - RUNS_ON_MS), endAt }),
  placeholderData: keepPreviousData,
  refetchInterval: RENEWED_MS,
});

/** All weekly hours, and the hours of single dates from `first` to `last`. */
export const timetableQuery = (first: string, last: string) =>
  queryOptions({
    queryKey: [...hoursKey, "timetable", first, last],
    queryFn: async ({ signal }): Promise<Timetable> => {
      const [weekly, overrides] = await Promise.all([
        allRowsAtOnce((page) =>
          bodyOf(
            api.GET("/api/schedule/working-hours/", { params: { query: { page, page_size: PAGE_SIZE } }, signal }),
          ),
        ),
        allRowsAtOnce((page) => {
          const query = { date_from: first, date_to: last, page, page_size: PAGE_SIZE };
          return bodyOf(api.GET("/api/schedule/date-overrides/", { params: { query }, signal }));
        }),
      ]);
      return { weekly, overrides };
    },
    placeholderData: keepPreviousData,
    staleTime: HOURS_FRESH_MS,
  });

/** The time off that lies in a span, wholly or in part. */
export const timeOffQuery = ({ startAt, endAt }: Pick<Span, "startAt" | "endAt">) => {
  const span = { ends_after: startAt.toISOString(), starts_before: endAt.toISOString() };
  return queryOptions({
    queryKey: [...hoursKey, "time-off", "between", span],
    queryFn: ({ signal }): Promise<TimeOff[]> =>
      allRowsAtOnce((page) => {
        const query = { ...span, page, page_size: PAGE_SIZE };
        return bodyOf(api.GET("/api/schedule/time-off/", { params: { query }, signal }));
      }),
    placeholderData: keepPreviousData,
    refetchInterval: RENEWED_MS,
  });
};

export interface Block {
  /** Null: everybody. */
  resource: number | null;
  startAt: Date;
  endAt: Date;
  reason: string;
}

/** Keeps time free of appointments, or changes the time off with an id. */
export function useBlock() {
  return useMutation({
    mutationFn: ({ id, resource, startAt, endAt, reason }: Block & { id?: number | undefined }): Promise<TimeOff> => {
      const body = { resource, start_at: startAt.toISOString(), end_at: endAt.toISOString(), reason };
      if (id === undefined) return bodyOf(api.POST("/api/schedule/time-off/", { body }));
      return bodyOf(api.PATCH("/api/schedule/time-off/{id}/", { params: { path: { id } }, body }));
    },
    onSettled: useRenewal(),
  });
}

/** Lets blocked time be booked again. */
export function useUnblock() {
  return useMutation({
    mutationFn: ({ id }: Pick<TimeOff, "id">) =>
      api.DELETE("/api/schedule/time-off/{id}/", { params: { path: { id } } }),
    onSettled: useRenewal(),
  });
}

function useRenewal() {
  const client = useQueryClient();
  return async () => {
    await Promise.all([hoursKey, ["availability"]].map((queryKey) => client.invalidateQueries({ queryKey })));
  };
}
