import { Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { customersSearchQuery } from "@/api/scheduling";
import type { Appointment, Customer } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { appointmentsPage } from "@/booking/queries";
import { text } from "@/text";
import { money } from "@/text/money";
import { dateAndTime } from "@/time/format";

import classes from "./payments.module.css";

const QUIET_MS = 200;
const MOST_OFFERED = 30;

interface AppointmentFieldProps {
  appointment: Appointment | null;
  /** Why none can be done without, or what is wrong with this one. */
  error: string | undefined;
  onChange: (appointment: Appointment | null) => void;
}

/** Finds an appointment by its customer. */
export function AppointmentField({ appointment, error, onChange }: AppointmentFieldProps) {
  const [customer, setCustomer] = useState<Customer | null>(null);
  return (
    <>
      <CustomerSelect
        customer={customer}
        error={customer === null && error ? text.payments.recording.required.customer : undefined}
        onChange={(chosen) => {
          setCustomer(chosen);
          onChange(null);
        }}
      />
      {customer === null ? (
        <Select
          label={text.payments.recording.appointment}
          placeholder={text.payments.recording.chooseCustomer}
          disabled
          data={[]}
        />
      ) : (
        <AppointmentSelect
          customerId={customer.id}
          appointment={appointment}
          error={error}
          onChange={onChange}
        />
      )}
    </>
  );
}

interface CustomerSelectProps {
  customer: Customer | null;
  error: string | undefined;
  onChange: (customer: Customer | null) => void;
}

/** The server finds: what it found is offered as it is. */
const asFound: NonNullable<SelectProps["filter"]> = ({ options }) => options;

function CustomerSelect({ customer, error, onChange }: CustomerSelectProps) {
  const [typed, setTyped] = useState("");
  const [term] = useDebouncedValue(typed.trim(), QUIET_MS);
  const { data: found = [] } = useQuery(customersSearchQuery(term === customer?.name ? "" : term));
  const offered = customer && !found.some(({ id }) => id === customer.id) ? [customer, ...found] : found;
  return (
    <Select
      label={text.payments.recording.customer}
      placeholder={text.payments.recording.customerHint}
      data-autofocus
      searchable
      filter={asFound}
      data={offered.map(({ id, name }) => ({ value: id, label: name }))}
      renderOption={({ option }) => {
        const { email = "", phone = "" } = offered.find(({ id }) => id === option.value) ?? {};
        return (
          <span>
            {option.label} <span className={classes.given}>{[email, phone].filter(Boolean).join(" · ")}</span>
          </span>
        );
      }}
      value={customer?.id ?? null}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={text.payments.recording.noCustomer}
      error={error}
      onChange={(id) => onChange(offered.find((one) => one.id === id) ?? null)}
    />
  );
}

interface AppointmentSelectProps {
  customerId: string;
  appointment: Appointment | null;
  error: string | undefined;
  onChange: (appointment: Appointment | null) => void;
}

function AppointmentSelect({ customerId, appointment, error, onChange }: AppointmentSelectProps) {
  const { business } = useViewer();
  const filter = { customer_id: customerId, ordering: "-start_at", page: 1, page_size: MOST_OFFERED };
  const { data, isPending, isPlaceholderData } = useQuery(appointmentsPage(filter));
  const offered = data && !isPlaceholderData ? data.results : [];
  const { recording } = text.payments;
  return (
    <Select
      label={recording.appointment}
      placeholder={isPending || isPlaceholderData ? text.loading : offered.length === 0 ? recording.noAppointments : ""}
      description={data && data.count > MOST_OFFERED ? recording.mostRecent(MOST_OFFERED) : undefined}
      disabled={offered.length === 0}
      data={offered.map(({ id, service_name, start_at, price_cents, currency }) => ({
        value: id,
        label: recording.appointmentOption(
          service_name,
          dateAndTime(new Date(start_at), business.timezone),
          money(price_cents, currency),
        ),
      }))}
      value={appointment?.id ?? null}
      error={error}
      allowDeselect={false}
      onChange={(id) => onChange(offered.find((one) => one.id === id) ?? null)}
    />
  );
}
