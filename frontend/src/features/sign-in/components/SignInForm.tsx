import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import type { UseMutationResult } from "@tanstack/react-query";

import { ApiError } from "@/api/api-error";
import type { Credentials } from "@/api/session";
import { text } from "@/text";
import { FormProblem } from "@/ui/FormProblem";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { useWait } from "@/ui/FormProblem/useWait";

const FIELDS = ["email", "password"] as const;

interface SignInFormProps {
  signIn: UseMutationResult<unknown, Error, Credentials>;
  submit: string;
}

/** E-mail address and password, sent to whoever asks for them. */
export function SignInForm({ signIn, submit }: SignInFormProps) {
  const waitSeconds = useWait(signIn.error);
  const form = useForm<Credentials>({
    mode: "uncontrolled",
    initialValues: { email: "", password: "" },
    validate: {
      email: isNotEmpty(text.signIn.required.email),
      password: isNotEmpty(text.signIn.required.password),
    },
  });
  const send = form.onSubmit(
    (credentials) => {
      signIn.mutate(credentials, {
        onError: (error) => {
          form.setErrors(fieldErrors(error, FIELDS));
        },
      });
    },
    (errors) => form.getInputNode(Object.keys(errors)[0] ?? "email")?.focus(),
  );
  const isAboutFields = Object.keys(fieldErrors(signIn.error, FIELDS)).length > 0;
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {signIn.error && !isAboutFields && (
          <FormProblem heading={headingOf(signIn.error)} error={signIn.error} waitSeconds={waitSeconds} />
        )}
        <TextInput
          key={form.key("email")}
          {...form.getInputProps("email")}
          label={text.signIn.email}
          type="email"
          size="md"
          autoComplete="username"
        />
        <PasswordInput
          key={form.key("password")}
          {...form.getInputProps("password")}
          label={text.signIn.password}
          size="md"
          autoComplete="current-password"
        />
        <Button type="submit" size="md" mt="xs" loading={signIn.isPending} disabled={waitSeconds > 0}>
          {submit}
        </Button>
      </Stack>
    </form>
  );
}

function headingOf(error: Error): string {
  const isPaused = error instanceof ApiError && error.status === 429;
  return isPaused ? text.signIn.lockedOut : text.signIn.failed;
}
