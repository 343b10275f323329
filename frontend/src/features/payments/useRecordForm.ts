import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import type { SyntheticEvent } from "react";

import type { Appointment, PaymentRecord, Transaction } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { useAttemptKey } from "@/booking/useAttemptKey";
import { text } from "@/text";
import { majorUnits, minorUnits, money } from "@/text/money";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { useWait } from "@/ui/FormProblem/useWait";
import { notifyDone } from "@/ui/notifyDone";

import { paymentsOfAppointment, useRecord } from "./queries";
import { dueOf } from "./totals";

const FIELDS = ["appointment", "amount_cents", "method", "status", "note", "occurred_at"] as const;

type Errors = Readonly<Partial<Record<"appointment" | "amount", string>>>;

interface Values {
  /** As it was typed; null until something is. */
  amount: number | string | null;
  method: Transaction["method"];
  status: "succeeded" | "failed";
  /** Wall time of the business, null for now. */
  occurred_at: string | null;
  note: string;
}

/** The form that records a payment for `appointment`, and what is due for it. */
export function useRecordForm(appointment: Appointment | null, onDone: () => void) {
  const { business } = useViewer();
  const record = useRecord();
  const keyOf = useAttemptKey();
  const waitSeconds = useWait(record.error);
  const paid = useQuery({ ...paymentsOfAppointment(appointment?.id ?? ""), enabled: appointment !== null });
  const currency = appointment?.currency ?? business.currency;
  const due = appointment && paid.data ? dueOf(appointment.price_cents, currency, paid.data) : undefined;
  const form = useForm<Values>({
    initialValues: { amount: null, method: "card", status: "succeeded", occurred_at: null, note: "" },
  });
  const amount = form.values.amount ?? (due === undefined || due === 0 ? "" : majorUnits(due, currency));

  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    const cents = minorUnits(Number(amount), currency);
    const missing = missingOf(appointment, cents);
    form.setErrors(missing);
    if (appointment === null || Object.keys(missing).length > 0) return;
    const body = bodyOf(appointment, cents, form.values);
    record.mutate(
      { body, key: keyOf(body) },
      {
        onSuccess: () => {
          notifyDone(text.payments.recording.done(money(cents, currency), appointment.customer_name));
          onDone();
        },
        onError: (error) => {
          const { amount_cents, ...others } = fieldErrors(error, FIELDS);
          form.setErrors({ ...others, ...(amount_cents && { amount: amount_cents }) });
        },
      },
    );
  };
  const isAboutFields = Object.keys(fieldErrors(record.error, FIELDS)).length > 0;
  const problem = isAboutFields ? null : record.error;
  const errors: Errors = form.errors;
  return { form, errors, amount, due, currency, problem, waitSeconds, isSending: record.isPending, send };
}

function missingOf(appointment: Appointment | null, cents: number): Errors {
  const { required } = text.payments.recording;
  return {
    ...(appointment === null && { appointment: required.appointment }),
    ...(!(cents > 0) && { amount: required.amount }),
  };
}

function bodyOf(appointment: Appointment, cents: number, values: Values): PaymentRecord {
  const { method, status, occurred_at, note } = values;
  return {
    appointment: appointment.id,
    amount_cents: cents,
    method,
    status,
    note: note.trim(),
    ...(occurred_at !== null && { occurred_at: occurred_at.replace(" ", "T") }),
  };
}
