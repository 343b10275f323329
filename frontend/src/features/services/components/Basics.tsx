import { NumberInput, Select, Stack, Textarea, TextInput } from "@mantine/core";

import { text } from "@/text";
import { decimalsOf } from "@/text/money";
import { Section } from "@/ui/Section";

import classes from "../services.module.css";
import type { ServiceFormState } from "./ServiceForm";

const words = text.services.form;
const MOST_TEXT = 5000;

/** What a service is called and costs. */
export function Basics({ form }: { form: ServiceFormState }) {
  return (
    <Section heading={words.basics}>
      <Stack gap="md">
        <TextInput
          label={words.name}
          placeholder={words.namePlaceholder}
          maxLength={100}
          {...form.getInputProps("name")}
        />
        <Textarea
          label={words.description}
          description={words.descriptionHint}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={MOST_TEXT}
          {...form.getInputProps("description")}
        />
        <div className={`${classes.pair} ${classes.price}`}>
          <NumberInput
            label={words.price}
            min={0}
            decimalScale={decimalsOf(form.values.currency)}
            fixedDecimalScale
            thousandSeparator=","
            hideControls
            {...form.getInputProps("price")}
          />
          <Select
            label={words.currency}
            data={currenciesWith(form.values.currency)}
            searchable
            allowDeselect={false}
            comboboxProps={{ keepMounted: false }}
            nothingFoundMessage={text.resources.form.nothingFound}
            {...form.getInputProps("currency")}
          />
        </div>
      </Stack>
    </Section>
  );
}

const known = Intl.supportedValuesOf("currency");

function currenciesWith(currency: string): string[] {
  return known.includes(currency) ? known : [currency, ...known];
}
