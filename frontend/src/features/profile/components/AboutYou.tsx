import { Button, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";

import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { FormProblem } from "@/ui/FormProblem";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { notifyDone } from "@/ui/notifyDone";
import { Section } from "@/ui/Section";

import { useRename } from "../queries";

const FIELDS = ["name"] as const;

/** Name and address of the person signed in; the address is not for them to change. */
export function AboutYou() {
  const { user, business } = useViewer();
  const words = text.profile;
  const rename = useRename();
  const form = useForm({
    initialValues: { name: user.name },
    validate: { name: isNotEmpty(words.nameRequired) },
  });
  const send = form.onSubmit(
    ({ name }) => {
      rename.mutate(name.trim(), {
        onSuccess: () => notifyDone(words.saved),
        onError: (error) => form.setErrors(fieldErrors(error, FIELDS)),
      });
    },
    () => form.getInputNode("name")?.focus(),
  );
  const isAboutFields = Object.keys(fieldErrors(rename.error, FIELDS)).length > 0;
  return (
    <Section heading={words.about} lead={words.role(text.shell.roles[user.role], business.name)}>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          {rename.error && !isAboutFields && (
            <FormProblem heading={words.nameFailed} error={rename.error} waitSeconds={0} />
          )}
          <TextInput
            {...form.getInputProps("name")}
            label={words.name}
            description={words.nameHint}
            maxLength={150}
            autoComplete="name"
          />
          <TextInput label={words.email} description={words.emailHint} value={user.email} readOnly />
          <Button
            type="submit"
            w="fit-content"
            loading={rename.isPending}
            disabled={form.values.name.trim() === user.name}
          >
            {words.save}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
