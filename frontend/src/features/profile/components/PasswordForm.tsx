import { Button, PasswordInput, Stack } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";

import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { FormProblem } from "@/ui/FormProblem";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { useWait } from "@/ui/FormProblem/useWait";
import { notifyDone } from "@/ui/notifyDone";
import { Section } from "@/ui/Section";

import { type PasswordChange, useChangePassword } from "../queries";

const FIELDS = ["current_password", "new_password"] as const;

/** The present password and a new one. */
export function PasswordForm() {
  const { user } = useViewer();
  const words = text.profile;
  const change = useChangePassword();
  const waitSeconds = useWait(change.error);
  const form = useForm<PasswordChange>({
    mode: "uncontrolled",
    initialValues: { current_password: "", new_password: "" },
    validate: {
      current_password: isNotEmpty(words.required.current),
      new_password: isNotEmpty(words.required.new),
    },
  });
  const send = form.onSubmit(
    (passwords) => {
      change.mutate(passwords, {
        onSuccess: () => {
          form.reset();
          notifyDone(words.changed);
        },
        onError: (error) => form.setErrors(fieldErrors(error, FIELDS)),
      });
    },
    (errors) => form.getInputNode(Object.keys(errors)[0] ?? "current_password")?.focus(),
  );
  const isAboutFields = Object.keys(fieldErrors(change.error, FIELDS)).length > 0;
  return (
    <Section heading={words.password} lead={words.passwordLead}>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          {change.error && !isAboutFields && (
            <FormProblem heading={words.passwordFailed} error={change.error} waitSeconds={waitSeconds} />
          )}
          {/* Tells password managers whose password this is. */}
          <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
          <PasswordInput
            key={form.key("current_password")}
            {...form.getInputProps("current_password")}
            label={words.current}
            autoComplete="current-password"
          />
          <PasswordInput
            key={form.key("new_password")}
            {...form.getInputProps("new_password")}
            label={words.new}
            description={words.newHint}
            autoComplete="new-password"
          />
          <Button type="submit" w="fit-content" loading={change.isPending} disabled={waitSeconds > 0}>
            {words.change}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
