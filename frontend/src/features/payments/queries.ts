import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "@/api/client";
import type { PaymentRecord, Transaction } from "@/api/shapes";

export const PAGE_SIZE = 25;
/** More payments than any appointment has. */
const OF_APPOINTMENT = 100;

const paymentsKey = ["payments"];

/** Which payments a page shows, in the words of the API. */
export interface PaymentsFilter {
  page: number;
  ordering: string;
  search?: string;
  status?: Transaction["status"];
  method?: Transaction["method"];
  occurred_after?: string;
  occurred_before?: string;
  appointment?: string;
  customer?: string;
}

export const paymentsQuery = (filter: PaymentsFilter) =>
  queryOptions({
    queryKey: [...paymentsKey, "page", filter],
    queryFn: ({ signal }) => {
      const query = { ...filter, page_size: PAGE_SIZE };
      return bodyOf(api.GET("/api/payments/transactions/", { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

export const paymentQuery = (id: string) =>
  queryOptions({
    queryKey: [...paymentsKey, "one", id],
    queryFn: ({ signal }): Promise<Transaction> =>
      bodyOf(api.GET("/api/payments/transactions/{id}/", { params: { path: { id } }, signal })),
  });

/** All that was paid for an appointment. */
export const paymentsOfAppointment = (appointment: string) =>
  queryOptions({
    queryKey: [...paymentsKey, "appointment", appointment],
    queryFn: async ({ signal }): Promise<Transaction[]> => {
      const query = { appointment, page_size: OF_APPOINTMENT };
      return (await bodyOf(api.GET("/api/payments/transactions/", { params: { query }, signal }))).results;
    },
    staleTime: 0,
  });

/** A write, with the key under which sending it again has no further effect. */
interface Once<Body> {
  body: Body;
  key: string;
}

export function useRecord() {
  const renew = useRenew();
  return useMutation({
    mutationFn: ({ body, key }: Once<PaymentRecord>): Promise<Transaction> =>
      bodyOf(api.POST("/api/payments/transactions/", { params: { header: { "Idempotency-Key": key } }, body })),
    onSuccess: renew,
  });
}

export interface Refunding {
  id: string;
  amount_cents: number;
  reason: string;
}

export function useRefund() {
  const renew = useRenew();
  return useMutation({
    mutationFn: ({ body: { id, ...body }, key }: Once<Refunding>): Promise<Transaction> => {
      const params = { path: { id }, header: { "Idempotency-Key": key } };
      return bodyOf(api.POST("/api/payments/transactions/{id}/refund/", { params, body }));
    },
    // A refusal too tells of a payment that is no longer as it is shown.
    onSettled: renew,
  });
}

/** Asks anew for payments, and for the figures they count in. */
function useRenew() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: paymentsKey }),
      client.invalidateQueries({ queryKey: ["analytics"] }),
    ]);
}
