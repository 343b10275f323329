import { Combobox, Loader, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import SearchIcon from "lucide-react/icons/search";
import UserPlusIcon from "lucide-react/icons/user-plus";
import { type ReactNode, useState } from "react";

import { customersSearchQuery } from "@/api/scheduling";
import type { Customer } from "@/api/shapes";
import { text } from "@/text";

import { useFocusKept } from "../useFocusKept";
import classes from "./CustomerPicker.module.css";

const QUIET_MS = 200;
const NEW = "new";

interface CustomerPickerProps {
  error?: ReactNode;
  onChoose: (customer: Customer) => void;
  /** Told what was typed, which may be the name of a new customer. */
  onNew: (typed: string) => void;
}

/** Finds a customer by name, e-mail or phone, or begins a new one. */
export function CustomerPicker({ error, onChoose, onNew }: CustomerPickerProps) {
  const [typed, setTyped] = useState("");
  const [term] = useDebouncedValue(typed.trim(), QUIET_MS);
  const { data: found, isFetching } = useQuery(customersSearchQuery(term));
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const input = useFocusKept<HTMLInputElement>(null);
  const isCurrent = term === typed.trim() && !isFetching;
  const choose = (value: string) => {
    combobox.closeDropdown();
    const customer = found?.find(({ id }) => id === value);
    if (customer) onChoose(customer);
    else if (value === NEW) onNew(typed.trim());
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} position="bottom-start">
      <Combobox.Target>
        <TextInput
          ref={input}
          label={text.booking.form.who}
          placeholder={text.booking.form.searchCustomer}
          value={typed}
          error={error}
          maxLength={100}
          autoComplete="off"
          leftSection={<SearchIcon aria-hidden size={16} />}
          rightSection={isFetching && typed !== "" ? <Loader size={14} /> : null}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={264} className={classes.options}>
          {found?.map((customer) => (
            <Combobox.Option key={customer.id} value={customer.id}>
              <span className={classes.name}>{customer.name}</span>
              <span className={classes.contact}>{[customer.email, customer.phone].find(Boolean)}</span>
            </Combobox.Option>
          ))}
          {found?.length === 0 && isCurrent && <Combobox.Empty>{text.booking.form.nobodyFound}</Combobox.Empty>}
          <Combobox.Option value={NEW} className={classes.new}>
            <UserPlusIcon aria-hidden size={16} /> {text.booking.form.addCustomer(typed.trim())}
          </Combobox.Option>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
