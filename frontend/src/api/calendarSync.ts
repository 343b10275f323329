import { queryOptions } from "@tanstack/react-query";

import { calendarSyncKey } from "./calendarSyncKey";
import { api, bodyOf } from "./client";
import { allRows, PAGE_SIZE } from "./pages";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type CalendarConnection = Schemas["Connection"];
export type ExternalCalendar = Schemas["Calendar"];
export type CalendarProvider = Schemas["Provider"];
export type CalendarConflict = Schemas["Conflict"];
export type EventLink = Schemas["Link"];
export type SyncRun = Schemas["Run"];
export type Feed = Schemas["Feed"];
export type NewFeed = Schemas["FeedWithAddress"];
export type BusyTime = Schemas["Busy"];
export type Privacy = Schemas["PrivacyEnum"];

/** The connected accounts the viewer may see, the oldest first, with their calendars. */
export const connectionsQuery = queryOptions({
  queryKey: [...calendarSyncKey, "connections"],
  queryFn: ({ signal }): Promise<CalendarConnection[]> =>
    allRows((page) => {
      const query = { page, page_size: PAGE_SIZE };
      return bodyOf(api.GET("/api/calendar-sync/connections/", { params: { query }, signal }));
    }),
});

/** The overlaps of appointments with busy time of a calendar that nobody has decided about, earliest first. */
export const conflictsQuery = queryOptions({
  queryKey: [...calendarSyncKey, "conflicts"],
  queryFn: ({ signal }): Promise<CalendarConflict[]> => bodyOf(api.GET("/api/calendar-sync/conflicts/", { signal })),
});

interface LinkFilter {
  appointment?: string;
  connection?: string;
  state?: NonNullable<EventLink["state"]>;
}

/** The entries of appointments in connected calendars. */
export const linksQuery = (filter: LinkFilter) =>
  queryOptions({
    queryKey: [...calendarSyncKey, "links", filter],
    queryFn: ({ signal }): Promise<EventLink[]> =>
      allRows((page) => {
        const query = { ...filter, page, page_size: PAGE_SIZE };
        return bodyOf(api.GET("/api/calendar-sync/event-links/", { params: { query }, signal }));
      }),
  });

/** The entries that somebody moved or changed in a calendar, until that is taken over or put back. */
export const changedThereQuery = linksQuery({ state: "remote_changed" });

interface Span {
  startAt: Date;
  endAt: Date;
}

/** The busy time of connected calendars in a span, with the name of each calendar; no titles. */
export const busyQuery = ({ startAt, endAt }: Span) => {
  const query = { from: startAt.toISOString(), to: endAt.toISOString() };
  return queryOptions({
    queryKey: [...calendarSyncKey, "busy", query],
    queryFn: ({ signal }): Promise<BusyTime[]> => bodyOf(api.GET("/api/calendar-sync/busy/", { params: { query }, signal })),
  });
};
