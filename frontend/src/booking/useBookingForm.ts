import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { customerQuery, servicesQuery, useAddCustomer } from "@/api/scheduling";
import type { Customer } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { clockTime, weekdayDate } from "@/time/format";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { notifyDone } from "@/ui/notifyDone";

import type { Prefill } from "./desk";
import { type CompleteDraft, type Draft, type DraftErrors, type DraftField, isComplete, missingIn } from "./draft";
import { useBook } from "./mutations";
import { NO_START } from "./start";
import { useAttemptKey } from "./useAttemptKey";

const FIELDS: readonly DraftField[] = [
  "service",
  "resources",
  "start_at",
  "customer",
  "name",
  "email",
  "phone",
  "notes",
];

/** Everything a new appointment is written down with: the draft, what is wrong with it, and booking it. */
export function useBookingForm(prefill: Prefill, onBooked: () => void) {
  const [draft, setDraft] = useDraft(prefill);
  const [missing, setMissing] = useState<DraftErrors>({});
  const submit = useSubmit((known) => setDraft((last) => ({ ...last, who: { known } })), onBooked);
  const change = (changes: Partial<Draft>) => {
    setDraft((last) => ({ ...last, ...changes }));
    setMissing({});
    if (!submit.isPending) submit.reset();
  };
  /** Books what is written down, with what is given in place of its parts. */
  const book = (changes: Partial<Draft> = {}) => {
    const whole = { ...draft, ...changes };
    setDraft(whole);
    if (isComplete(whole)) submit.mutate(whole);
    else setMissing(missingIn(whole));
  };
  return {
    draft,
    change,
    book,
    isBusy: submit.isPending,
    error: submit.error,
    errors: { ...fieldErrors(submit.error, FIELDS), ...missing },
  };
}

/** Begins with what is given; a customer given by id joins once known, the only service there is by itself. */
function useDraft({ startAt, resourceId, serviceId, customerId }: Prefill) {
  const { data: services } = useQuery(servicesQuery);
  const { data: customer } = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== undefined });
  const [isCustomerTaken, setCustomerTaken] = useState(false);
  const [draft, setDraft] = useState<Draft>({
    serviceId: serviceId ?? null,
    resourceId: resourceId ?? null,
    start: { ...NO_START, at: startAt ?? null },
    who: null,
    notes: "",
  });
  if (customer && !isCustomerTaken) {
    setCustomerTaken(true);
    if (draft.who === null) setDraft({ ...draft, who: { known: customer } });
  }
  const [only, ...others] = services?.filter(({ is_active }) => is_active) ?? [];
  const isOnlyOne = only !== undefined && others.length === 0;
  const shown = draft.serviceId === null && isOnlyOne ? { ...draft, serviceId: only.id } : draft;
  return [shown, setDraft] as const;
}

/** Adds the customer if they are new, then books. A customer who was added is not added again by another try. */
function useSubmit(onAdded: (customer: Customer) => void, onBooked: () => void) {
  const { business } = useViewer();
  const { mutateAsync: addCustomer } = useAddCustomer();
  const { mutateAsync: book } = useBook();
  const keyOf = useAttemptKey();
  return useMutation({
    mutationFn: async ({ serviceId, resourceId, start, who, notes }: CompleteDraft) => {
      const customer = "known" in who ? who.known : await addCustomer(who.fresh);
      if (!("known" in who)) onAdded(customer);
      const booking = {
        serviceId,
        customerId: customer.id,
        startAt: start.at,
        resources: resourceId === null ? [] : [resourceId],
        notes: notes.trim(),
        allowOutsideHours: start.isOutsideAllowed,
      };
      return book({ booking, key: keyOf(booking) });
    },
    onSuccess: ({ customer_name, start_at }) => {
      const at = new Date(start_at);
      const { timezone } = business;
      notifyDone(text.booking.form.booked(customer_name, weekdayDate(at, timezone), clockTime(at, timezone)));
      onBooked();
    },
  });
}
