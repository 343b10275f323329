import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { ApiError } from "@/api/api-error";
import { api, bodyOf } from "@/api/client";
import { allRows, PAGE_SIZE } from "@/api/pages";
import type { Appointment } from "@/api/shapes";
import { text } from "@/text";
import type { Day } from "@/time/zone";
import { notifyFailure } from "@/ui/notifyFailure";

import { type Act, isOpen, outcomes } from "./agenda";

const AGENDA_RENEWED_MS = 60_000;
const STALE_VERSION = 412;
const agendaKey = (date: string) => ["appointments", "day", date];

/** The appointments that start on a day, renewed every minute: others work on the same day. */
export const agendaQuery = ({ date, startAt, endAt }: Day) =>
  queryOptions({
    queryKey: agendaKey(date),
    queryFn: ({ signal }): Promise<Appointment[]> =>
      allRows((page) => {
        const span = { start_after: startAt.toISOString(), start_before: endAt.toISOString() };
        const query = { ...span, page, page_size: PAGE_SIZE };
        return bodyOf(api.GET("/api/appointments/", { params: { query }, signal }));
      }),
    refetchInterval: AGENDA_RENEWED_MS,
  });

const NEXT_LOOKED_AT = 20;

/** The first open appointment after a day, null when there is none soon. */
export const nextQuery = ({ date, endAt }: Day) =>
  queryOptions({
    queryKey: ["appointments", "after", date],
    queryFn: async ({ signal }): Promise<Appointment | null> => {
      const query = { start_after: endAt.toISOString(), page_size: NEXT_LOOKED_AT };
      const { results } = await bodyOf(api.GET("/api/appointments/", { params: { query }, signal }));
      return results.find(isOpen) ?? null;
    },
  });

/** What can be booked: staff, rooms, equipment. */
export const resourcesQuery = queryOptions({
  queryKey: ["resources"],
  queryFn: ({ signal }) =>
    allRows((page) =>
      bodyOf(api.GET("/api/resources/", { params: { query: { page, page_size: PAGE_SIZE } }, signal })),
    ),
  staleTime: 5 * 60_000,
});

/** The figures of the business at this moment. */
export const figuresQuery = queryOptions({
  queryKey: ["analytics", "dashboard"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/analytics/analytics/dashboard/", { signal })),
});

interface Change {
  appointment: Appointment;
  act: Act;
}

/** Names an appointment, and the version that the change is meant for. */
const as = ({ id, version }: Appointment) => ({ params: { path: { id } }, headers: { "If-Match": `"${version}"` } });

const send = {
  confirm: (appointment: Appointment) => api.POST("/api/appointments/{id}/confirm/", as(appointment)),
  complete: (appointment: Appointment) => api.POST("/api/appointments/{id}/complete/", as(appointment)),
  "no-show": (appointment: Appointment) => api.POST("/api/appointments/{id}/no-show/", as(appointment)),
  cancel: (appointment: Appointment) => api.POST("/api/appointments/{id}/cancel/", as(appointment)),
};

const actKey = ["act"];

/** Changes an appointment of the day: shown at once, taken back if the server refuses. */
export function useAct(date: string) {
  const client = useQueryClient();
  const key = agendaKey(date);
  const show = (shown: Appointment) => {
    client.setQueryData<Appointment[]>(key, (rows) => rows?.map((row) => (row.id === shown.id ? shown : row)));
  };
  return useMutation({
    mutationKey: actKey,
    mutationFn: ({ appointment, act }: Change) => bodyOf<Appointment>(send[act](appointment)),
    onMutate: async ({ appointment, act }) => {
      await client.cancelQueries({ queryKey: key });
      show({ ...appointment, status: outcomes[act] });
    },
    onSuccess: show,
    onError: (error, { appointment }) => {
      show(appointment);
      const isStale = error instanceof ApiError && error.status === STALE_VERSION;
      notifyFailure(text.today.failed(appointment.customer_name), isStale ? text.today.stale : error.message);
    },
    onSettled: async () => {
      if (client.isMutating({ mutationKey: actKey }) > 1) return;
      await Promise.all([
        client.invalidateQueries({ queryKey: key }),
        client.invalidateQueries({ queryKey: figuresQuery.queryKey }),
      ]);
    },
  });
}
