import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";
import { customersSearchQuery } from "@/api/scheduling";
import type { Appointment } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { dayOf } from "@/time/zone";

const QUIET_MS = 200;
const LEAST_LETTERS = 2;
const APPOINTMENTS_FOUND = 5;
const CUSTOMERS_FOUND = 5;

/** The next appointments from `startAt` on whose customer or service holds `term`. */
const appointmentsSearchQuery = (term: string, startAt: Date) =>
  queryOptions({
    queryKey: ["appointments", "search", term, startAt.toISOString()],
    queryFn: async ({ signal }): Promise<Appointment[]> => {
      const from = startAt.toISOString();
      const query = { search: term, start_after: from, ordering: "start_at", page_size: APPOINTMENTS_FOUND };
      return (await bodyOf(api.GET("/api/appointments/", { params: { query }, signal }))).results;
    },
    placeholderData: keepPreviousData,
  });

/** Asks the API for customers and coming appointments once typing pauses. */
export function useFound(typed: string) {
  const { timezone } = useViewer().business;
  const [quiet] = useDebouncedValue(typed.trim(), QUIET_MS);
  const term = typed.trim() === "" ? "" : quiet;
  const isAsked = term.length >= LEAST_LETTERS;
  const today = dayOf(new Date(), timezone).startAt;
  const customers = useQuery({ ...customersSearchQuery(term), enabled: isAsked });
  const appointments = useQuery({ ...appointmentsSearchQuery(term, today), enabled: isAsked });
  return {
    customers: isAsked ? (customers.data ?? []).slice(0, CUSTOMERS_FOUND) : [],
    appointments: isAsked ? (appointments.data ?? []) : [],
    isSearching: typed.trim() !== quiet || customers.isFetching || appointments.isFetching,
    hasFailed: isAsked && (customers.isError || appointments.isError),
  };
}
