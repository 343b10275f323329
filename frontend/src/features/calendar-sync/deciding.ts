import { useMutation, useQueryClient } from "@tanstack/react-query";

import type { EventLink } from "@/api/calendarSync";
import { calendarSyncKey } from "@/api/calendarSyncKey";
import { api, bodyOf } from "@/api/client";
import { renew } from "@/booking/cache";

export type LinkAct = "retry" | "detach" | "accept" | "putBack";

const send: Record<LinkAct, (id: string) => Promise<{ data?: EventLink }>> = {
  retry: (id) => api.POST("/api/calendar-sync/event-links/{id}/retry/", { params: { path: { id } } }),
  detach: (id) => api.POST("/api/calendar-sync/event-links/{id}/detach/", { params: { path: { id } } }),
  accept: (id) => api.POST("/api/calendar-sync/event-links/{id}/accept-remote/", { params: { path: { id } } }),
  putBack: (id) => api.POST("/api/calendar-sync/event-links/{id}/put-back/", { params: { path: { id } } }),
};

/** Decides about an entry of ours in a calendar. */
export function useLinkAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ link, act }: { link: EventLink; act: LinkAct }) => bodyOf(send[act](link.id)),
    // Not waited for: with the entry, what tells how it went would go from the screen.
    onSettled: (_, __, { act }) => {
      void (act === "accept" ? renew(client) : client.invalidateQueries({ queryKey: calendarSyncKey }));
    },
  });
}

/** Leaves an appointment where it is, although a calendar is busy. */
export function useKeep() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (appointment: string) => api.POST("/api/calendar-sync/conflicts/keep/", { body: { appointment } }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: calendarSyncKey });
    },
  });
}
