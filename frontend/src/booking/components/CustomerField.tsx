import { ActionIcon, Avatar, Button, InputLabel, Text, TextInput, Tooltip } from "@mantine/core";
import TriangleAlertIcon from "lucide-react/icons/triangle-alert";
import XIcon from "lucide-react/icons/x";
import { useEffect, useId, useRef, useState } from "react";

import type { Customer } from "@/api/shapes";
import { text } from "@/text";

import { useFocusKept } from "../useFocusKept";
import { useNoShows } from "../useNoShows";
import { CustomerPicker } from "./CustomerPicker";
import classes from "./CustomerPicker.module.css";

/** A customer who is not known yet. */
export interface NewCustomer {
  name: string;
  email: string;
  phone: string;
}

/** Who comes: a known customer, a new one, or nobody yet. */
export type Who = { known: Customer } | { fresh: NewCustomer } | null;

interface CustomerFieldProps {
  who: Who;
  onChange: (who: Who) => void;
  errors: Partial<Record<"customer" | keyof NewCustomer, string>>;
}

export function CustomerField({ who, onChange, errors }: CustomerFieldProps) {
  if (who === null) {
    return (
      <CustomerPicker
        error={errors.customer}
        onChoose={(known) => onChange({ known })}
        onNew={(name) => onChange({ fresh: { name, email: "", phone: "" } })}
      />
    );
  }
  if ("known" in who) return <Chosen customer={who.known} error={errors.customer} onClear={() => onChange(null)} />;
  return <NewCustomerFields fresh={who.fresh} errors={errors} onChange={onChange} />;
}

interface ChosenProps {
  customer: Customer;
  error: string | undefined;
  onClear: () => void;
}

function Chosen({ customer, error, onClear }: ChosenProps) {
  const noShows = useNoShows(customer.id);
  const labelId = useId();
  const clear = useFocusKept<HTMLButtonElement>(customer.id);
  return (
    <div role="group" aria-labelledby={labelId}>
      <InputLabel id={labelId} labelElement="div">
        {text.booking.form.who}
      </InputLabel>
      <div className={classes.chosen}>
        <Avatar name={customer.name} color="accent" size={32} aria-hidden />
        <div>
          <span className={classes.name}>{customer.name}</span>
          <span className={classes.contact}>{[customer.email, customer.phone].filter(Boolean).join(" · ")}</span>
          {noShows > 0 && (
            <span className={classes.warning}>
              <TriangleAlertIcon aria-hidden size={13} /> {text.booking.form.noShows(noShows)}
            </span>
          )}
        </div>
        <Tooltip label={text.booking.form.changeCustomer}>
          <ActionIcon
            ref={clear}
            variant="subtle"
            color="gray"
            size={32}
            aria-label={text.booking.form.changeCustomer}
            onClick={onClear}
          >
            <XIcon aria-hidden size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      {error && (
        <Text size="sm" c="var(--red-ink)" mt={4} role="alert">
          {error}
        </Text>
      )}
    </div>
  );
}

interface NewCustomerFieldsProps {
  fresh: NewCustomer;
  errors: CustomerFieldProps["errors"];
  onChange: (who: Who) => void;
}

/** What is noted of a new customer; they are added when the appointment is booked. */
function NewCustomerFields({ fresh, errors, onChange }: NewCustomerFieldsProps) {
  const field = (name: keyof NewCustomer) => ({
    label: text.booking.form[name],
    name,
    value: fresh[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      onChange({ fresh: { ...fresh, [name]: event.currentTarget.value } });
    },
  });
  const [focused] = useState<keyof NewCustomer>(fresh.name === "" ? "name" : "email");
  const fields = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    fields.current?.querySelector<HTMLElement>(`[name=${focused}]`)?.focus();
  }, [focused]);
  return (
    <fieldset ref={fields} className={classes.fields} aria-label={text.booking.form.newCustomer}>
      <div className={classes.fieldsHead}>
        <Text size="sm" fw={600}>
          {text.booking.form.newCustomer}
        </Text>
        <Button variant="subtle" size="compact-xs" onClick={() => onChange(null)}>
          {text.booking.form.pickCustomer}
        </Button>
      </div>
      <TextInput {...field("name")} autoComplete="off" maxLength={150} required />
      <TextInput {...field("email")} type="email" autoComplete="off" maxLength={254} />
      <TextInput {...field("phone")} type="tel" autoComplete="off" maxLength={40} />
    </fieldset>
  );
}
