import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "./client";
import { allRows, PAGE_SIZE } from "./pages";
import type { Customer } from "./shapes";

const CATALOGUE_FRESH_MS = 5 * 60_000;
const CUSTOMERS_FOUND = 12;

/** What can be booked: staff, rooms, equipment; those switched off too, for what was booked with them. */
export const resourcesQuery = queryOptions({
  queryKey: ["resources"],
  queryFn: ({ signal }) =>
    allRows((page) =>
      bodyOf(api.GET("/api/resources/", { params: { query: { page, page_size: PAGE_SIZE } }, signal })),
    ),
  staleTime: CATALOGUE_FRESH_MS,
});

/** What customers book; what is no longer offered too. */
export const servicesQuery = queryOptions({
  queryKey: ["services"],
  queryFn: ({ signal }) =>
    allRows((page) => bodyOf(api.GET("/api/services/", { params: { query: { page, page_size: PAGE_SIZE } }, signal }))),
  staleTime: CATALOGUE_FRESH_MS,
});

/** The first active customers whose name, e-mail address or telephone number holds `term`, by name. */
export const customersSearchQuery = (term: string) =>
  queryOptions({
    queryKey: ["customers", "search", term],
    queryFn: async ({ signal }): Promise<Customer[]> => {
      const search = term === "" ? {} : { search: term };
      const query = { ...search, is_active: "true" as const, page_size: CUSTOMERS_FOUND };
      return (await bodyOf(api.GET("/api/customers/", { params: { query }, signal }))).results;
    },
    placeholderData: keepPreviousData,
  });

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ["customers", "one", id],
    queryFn: ({ signal }): Promise<Customer> =>
      bodyOf(api.GET("/api/customers/{id}/", { params: { path: { id } }, signal })),
  });

/** What a customer's appointments add up to. */
export const customerFiguresQuery = (id: string) =>
  queryOptions({
    queryKey: ["customers", "figures", id],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/customers/{id}/figures/", { params: { path: { id } }, signal })),
  });

/** Adds a customer. */
export function useAddCustomer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; email?: string; phone?: string }): Promise<Customer> =>
      bodyOf(api.POST("/api/customers/", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["customers"] }),
  });
}
