import { Button, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type SyntheticEvent, useRef } from "react";

import { resourcesQuery, servicesQuery } from "@/api/scheduling";
import { useQuotaOffer } from "@/plan/useQuotaOffer";
import { text } from "@/text";

import type { Prefill } from "../desk";
import { useBookingForm } from "../useBookingForm";
import classes from "./BookingForm.module.css";
import { BookingProblem } from "./BookingProblem";
import { BookingSummary } from "./BookingSummary";
import { CustomerField } from "./CustomerField";
import { QuotaNote } from "./QuotaNote";
import { WhatAndWhen } from "./WhatAndWhen";

interface BookingFormProps {
  prefill: Prefill;
  onBooked: () => void;
}

/** What, when and for whom; booked by the button, by Enter, or by Ctrl+Enter where Enter begins a line. */
export function BookingForm({ prefill, onBooked }: BookingFormProps) {
  const { draft, change, book, isBusy, error, errors } = useBookingForm(prefill, onBooked);
  const { data: services } = useQuery(servicesQuery);
  const { data: resources } = useQuery(resourcesQuery);
  const form = useRef<HTMLFormElement>(null);
  const isFull = useQuotaOffer("max_appointments") !== null;
  const submit = () => {
    if (isFull || isBusy) return;
    book();
    focusFirstError(form);
  };
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    submit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit();
  };
  return (
    <form ref={form} noValidate className={classes.form} onSubmit={onSubmit}>
      <WhatAndWhen draft={draft} errors={errors} services={services} resources={resources} onChange={change} />
      <div className={classes.who}>
        <CustomerField who={draft.who} errors={errors} onChange={(who) => change({ who })} />
        <Textarea
          label={text.booking.form.notes}
          description={text.booking.form.notesHint}
          value={draft.notes}
          error={errors.notes}
          autosize
          minRows={2}
          maxRows={5}
          maxLength={5000}
          onChange={(event) => change({ notes: event.currentTarget.value })}
          onKeyDown={onKeyDown}
        />
        <div className={classes.end}>
          <BookingProblem draft={draft} error={error} isBusy={isBusy} onBook={book} />
          <BookingSummary services={services} resources={resources} draft={draft} />
          <QuotaNote />
          <Button type="submit" size="md" fullWidth loading={isBusy} disabled={isFull}>
            {text.booking.form.submit}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** Leads to the first field that lacks something, once it says so. */
function focusFirstError(form: { current: HTMLFormElement | null }): void {
  setTimeout(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
}
