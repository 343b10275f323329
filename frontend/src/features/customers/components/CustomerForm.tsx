import { Button, Group, Stack, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";

import type { Customer } from "@/api/shapes";
import { text } from "@/text";
import { FormProblem } from "@/ui/FormProblem";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { useWait } from "@/ui/FormProblem/useWait";
import { notifyDone } from "@/ui/notifyDone";

import { tagsQuery, useAdd, useChange } from "../queries";
import classes from "./customers.module.css";
import { SameEmail, SamePhone } from "./Duplicates";

const FIELDS = ["name", "email", "phone", "tags", "notes"] as const;
const MOST_TAGS = 20;

interface CustomerFormProps {
  customer: Customer | undefined;
  onCancel: () => void;
  onSaved: (customer: Customer) => void;
}

/** A customer's details. Somebody with the same e-mail address or phone number is pointed out, not refused. */
export function CustomerForm({ customer, onCancel, onSaved }: CustomerFormProps) {
  const { data: tags = [] } = useQuery(tagsQuery);
  const { form, send, problem, waitSeconds, isSaving } = useCustomerForm(customer, onSaved);
  const words = text.customers.form;
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {problem && <FormProblem heading={words.failed} error={problem} waitSeconds={waitSeconds} />}
        <TextInput
          label={words.name}
          data-autofocus
          required
          maxLength={150}
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        <div className={classes.pair}>
          <div>
            <TextInput
              label={words.email}
              type="email"
              maxLength={254}
              autoComplete="off"
              {...form.getInputProps("email")}
            />
            <SameEmail email={form.values.email.trim()} exceptId={customer?.id} onLeave={onCancel} />
          </div>
          <div>
            <TextInput
              label={words.phone}
              type="tel"
              maxLength={40}
              autoComplete="off"
              {...form.getInputProps("phone")}
            />
            <SamePhone phone={form.values.phone.trim()} exceptId={customer?.id} onLeave={onCancel} />
          </div>
        </div>
        <TagsInput
          label={words.tags}
          description={words.tagsHint}
          data={tags}
          maxTags={MOST_TAGS}
          acceptValueOnBlur
          clearable
          clearButtonProps={{ "aria-label": text.customers.clear }}
          {...form.getInputProps("tags")}
        />
        <Textarea
          label={words.notes}
          description={words.notesHint}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={5000}
          {...form.getInputProps("notes")}
        />
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onCancel}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={isSaving} disabled={waitSeconds > 0}>
            {customer ? words.save : words.add}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useCustomerForm(customer: Customer | undefined, onSaved: (customer: Customer) => void) {
  const add = useAdd();
  const change = useChange();
  const words = text.customers.form;
  const saving = customer ? change : add;
  const waitSeconds = useWait(saving.error);
  const { name = "", email = "", phone = "", tags = [], notes = "" } = customer ?? {};
  const form = useForm({
    initialValues: { name, email, phone, tags, notes },
    validate: { name: (given) => (given.trim() === "" ? words.requiredName : null) },
  });
  const outcome = {
    onSuccess: (saved: Customer) => {
      notifyDone(customer ? words.saved(saved.name) : words.added(saved.name));
      onSaved(saved);
    },
    onError: (error: Error) => form.setErrors(fieldErrors(error, FIELDS)),
  };
  const send = form.onSubmit((given) => {
    const body = { ...given, name: given.name.trim(), email: given.email.trim(), phone: given.phone.trim() };
    if (customer) change.mutate({ id: customer.id, ...body }, outcome);
    else add.mutate(body, outcome);
  });
  const isAboutFields = Object.keys(fieldErrors(saving.error, FIELDS)).length > 0;
  return { form, send, problem: isAboutFields ? null : saving.error, waitSeconds, isSaving: saving.isPending };
}
