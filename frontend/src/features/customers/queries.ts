import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";
import { PAGE_SIZE } from "@/api/pages";
import { customerQuery } from "@/api/scheduling";
import type { Customer, CustomerChange, CustomerFields, Transaction } from "@/api/shapes";

import type { CustomersFilter } from "./filters";

const customersKey = ["customers"];
const ALIKE = 5;
const PAYMENTS_SHOWN = 5;

/** A page of the customers; the previous one stays until the next is there. */
export const customersPage = (query: CustomersFilter) =>
  queryOptions({
    queryKey: [...customersKey, "page", query],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/customers/", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

/** The tags of those customers that changed last, the most frequent first: the API has no list of its own of them. */
export const tagsQuery = queryOptions({
  queryKey: [...customersKey, "tags"],
  queryFn: async ({ signal }): Promise<string[]> => {
    const query = { ordering: "-updated_at", page_size: PAGE_SIZE };
    return tagsOf((await bodyOf(api.GET("/api/customers/", { params: { query }, signal }))).results);
  },
  staleTime: 5 * 60_000,
});

function tagsOf(customers: readonly Customer[]): string[] {
  const counts = new Map<string, number>();
  for (const tag of customers.flatMap(({ tags = [] }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort(([a, ofA], [b, ofB]) => ofB - ofA || a.localeCompare(b)).map(([tag]) => tag);
}

/** Customers with an e-mail address. */
export const withEmailQuery = (email: string) =>
  queryOptions({
    queryKey: [...customersKey, "email", email],
    queryFn: async ({ signal }): Promise<Customer[]> => {
      const query = { email, page_size: ALIKE };
      return (await bodyOf(api.GET("/api/customers/", { params: { query }, signal }))).results;
    },
  });

/** Customers with a phone number, however it is spaced up to its last four digits, by which it is looked for. */
export const withPhoneQuery = (phone: string) =>
  queryOptions({
    queryKey: [...customersKey, "phone", digitsOf(phone)],
    queryFn: async ({ signal }): Promise<Customer[]> => {
      const query = { search: digitsOf(phone).slice(-4), page_size: PAGE_SIZE };
      const { results } = await bodyOf(api.GET("/api/customers/", { params: { query }, signal }));
      return results.filter((customer) => digitsOf(customer.phone ?? "") === digitsOf(phone));
    },
  });

export function digitsOf(phone: string): string {
  return phone.replace(/\D/g, "");
}

/** What a customer paid last, and how many payments there are. */
export const paymentsOfCustomer = (customer: string) =>
  queryOptions({
    queryKey: ["payments", "customer", customer],
    queryFn: async ({ signal }): Promise<{ count: number; results: Transaction[] }> => {
      const query = { customer, page_size: PAYMENTS_SHOWN };
      return bodyOf(api.GET("/api/payments/transactions/", { params: { query }, signal }));
    },
  });

export function useAdd() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CustomerFields): Promise<Customer> => bodyOf(api.POST("/api/customers/", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: customersKey }),
  });
}

/** Changes what is given and leaves the rest. Appointments and payments show customers' names. */
export function useChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: CustomerChange & { id: string }): Promise<Customer> =>
      bodyOf(api.PATCH("/api/customers/{id}/", { params: { path: { id } }, body })),
    onSuccess: async (customer) => {
      client.setQueryData(customerQuery(customer.id).queryKey, customer);
      await Promise.all(
        [customersKey, ["appointments"], ["payments"]].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
  });
}

export function useRemove() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.DELETE("/api/customers/{id}/", { params: { path: { id } } }),
    // What was known about the customer stays until the screen is left: asking for it anew would find nobody.
    onSuccess: () =>
      Promise.all(
        ["page", "search", "tags"].map((list) => client.invalidateQueries({ queryKey: [...customersKey, list] })),
      ),
  });
}
