import { Text } from "@mantine/core";

import { text } from "@/text";
import { Section } from "@/ui/Section";

import { LIMITS } from "../form";
import classes from "../services.module.css";
import { MinutesInput } from "./MinutesInput";
import type { ServiceFormState } from "./ServiceForm";

const words = text.services.form;

/** How long a service takes, and what is kept free around it. */
export function Timing({ form }: { form: ServiceFormState }) {
  const within = (field: keyof typeof LIMITS) => ({ min: LIMITS[field][0], max: LIMITS[field][1] });
  return (
    <Section heading={words.time}>
      <div className={classes.fields}>
        <MinutesInput label={words.duration} {...within("duration")} {...form.getInputProps("duration")} />
        <MinutesInput label={words.before} {...within("before")} {...form.getInputProps("before")} />
        <MinutesInput label={words.after} {...within("after")} {...form.getInputProps("after")} />
      </div>
      <Text size="sm" c="dimmed">
        {words.buffersHint}
      </Text>
    </Section>
  );
}
