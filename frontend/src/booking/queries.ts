import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";
import { allRowsAtOnce, PAGE_SIZE } from "@/api/pages";
import type { Appointment, AppointmentStatus, Availability, HistoryEntry } from "@/api/shapes";

/** What every list of appointments begins its key with; changing an appointment changes it in all of them. */
export const appointmentsKey = ["appointments"];

/** Lists of statuses are separated by commas, as the API wants them. */
const commas = { array: { style: "form", explode: false } } as const;

export interface Span {
  startAt: Date;
  endAt: Date;
  resourceId?: number | undefined;
  serviceId?: number | undefined;
}

/** The appointments that start in a span of time, cancelled ones too, by their start. */
export const appointmentsBetween = ({ startAt, endAt, resourceId, serviceId }: Span) => {
  const filter = {
    start_after: startAt.toISOString(),
    start_before: endAt.toISOString(),
    ...(resourceId === undefined ? {} : { resource_id: resourceId }),
    ...(serviceId === undefined ? {} : { service_id: serviceId }),
  };
  return queryOptions({
    queryKey: [...appointmentsKey, "between", filter],
    queryFn: ({ signal }): Promise<Appointment[]> =>
      allRowsAtOnce((page) => {
        const query = { ...filter, page, page_size: PAGE_SIZE };
        return bodyOf(api.GET("/api/appointments/", { params: { query }, signal }));
      }),
  });
};

/** Which appointments a page of a list shows, in the words of the API. */
export interface PageFilter {
  page: number;
  page_size: number;
  ordering?: string;
  search?: string;
  start_after?: string;
  start_before?: string;
  status?: AppointmentStatus[];
  service_id?: number;
  resource_id?: number;
  customer_id?: string;
}

/** One page of a list of appointments; the previous one stays until the next is there. */
export const appointmentsPage = (filter: PageFilter) =>
  queryOptions({
    queryKey: [...appointmentsKey, "page", filter],
    queryFn: ({ signal }) =>
      bodyOf(api.GET("/api/appointments/", { params: { query: filter }, querySerializer: commas, signal })),
    placeholderData: keepPreviousData,
  });

export const appointmentQuery = (id: string) =>
  queryOptions({
    queryKey: [...appointmentsKey, "one", id],
    queryFn: ({ signal }): Promise<Appointment> =>
      bodyOf(api.GET("/api/appointments/{id}/", { params: { path: { id } }, signal })),
  });

/** What happened to an appointment, oldest first. */
export const historyQuery = (id: string) =>
  queryOptions({
    queryKey: [...appointmentsKey, "history", id],
    queryFn: ({ signal }): Promise<HistoryEntry[]> =>
      allRowsAtOnce((page) => {
        const params = { path: { id }, query: { page, page_size: PAGE_SIZE } };
        return bodyOf(api.GET("/api/appointments/{id}/history/", { params, signal }));
      }),
  });

export interface AvailabilityWish {
  serviceId: number;
  resourceId?: number | undefined;
  /** The first and the last date of the business's zone, such as 2026-03-02; at most 62 days. */
  from: string;
  to: string;
}

/** The free starts of a service by date. Others book meanwhile, so it is asked anew each time it is needed. */
export const availabilityQuery = ({ serviceId, resourceId, from, to }: AvailabilityWish) => {
  const query = { service_id: serviceId, from, to, ...(resourceId === undefined ? {} : { resource_id: resourceId }) };
  return queryOptions({
    queryKey: ["availability", query],
    queryFn: ({ signal }): Promise<Availability> =>
      bodyOf(api.GET("/api/schedule/availability/", { params: { query }, signal })),
    staleTime: 0,
  });
};
