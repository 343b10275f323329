import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useNavigate } from "react-router";

import { useSignIn } from "@/api/session";
import type { InvitationPreview } from "@/api/shapes";
import { paths } from "@/paths";
import { text } from "@/text";
import { FormProblem } from "@/ui/FormProblem";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { useWait } from "@/ui/FormProblem/useWait";

import { useAccept } from "../queries";

interface AcceptFormProps {
  token: string;
  invitation: InvitationPreview;
}

const FIELDS = ["name", "password"] as const;

/** A new person gives a name and chooses a password; one with an account gives the password they have. */
export function AcceptForm({ token, invitation }: AcceptFormProps) {
  const accept = useAccept();
  const signIn = useSignIn();
  const navigate = useNavigate();
  const waitSeconds = useWait(accept.error);
  const isNew = !invitation.has_account;
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { name: "", password: "" },
    validate: {
      ...(isNew && { name: isNotEmpty(text.invitation.required.name) }),
      password: isNotEmpty(text.invitation.required.password),
    },
  });
  const send = form.onSubmit(
    (given) => {
      accept.mutate(
        { token, ...given },
        {
          onSuccess: () => {
            signIn.mutate(
              { email: invitation.email, password: given.password },
              { onSettled: () => void navigate(paths.today, { replace: true }) },
            );
          },
          onError: (error) => {
            form.setErrors(fieldErrors(error, FIELDS));
          },
        },
      );
    },
    (errors) => form.getInputNode(Object.keys(errors)[0] ?? "password")?.focus(),
  );
  const isAboutFields = Object.keys(fieldErrors(accept.error, FIELDS)).length > 0;
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {accept.error && !isAboutFields && (
          <FormProblem heading={text.invitation.failed} error={accept.error} waitSeconds={waitSeconds} />
        )}
        {isNew && (
          <TextInput
            key={form.key("name")}
            {...form.getInputProps("name")}
            label={text.invitation.name}
            size="md"
            autoComplete="name"
          />
        )}
        <PasswordInput
          key={form.key("password")}
          {...form.getInputProps("password")}
          label={isNew ? text.invitation.newPassword : text.invitation.knownPassword}
          description={isNew ? text.invitation.newPasswordHint : text.invitation.knownPasswordHint}
          size="md"
          autoComplete={isNew ? "new-password" : "current-password"}
        />
        <Button
          type="submit"
          size="md"
          mt="xs"
          loading={accept.isPending || signIn.isPending}
          disabled={waitSeconds > 0}
        >
          {text.invitation.submit}
        </Button>
      </Stack>
    </form>
  );
}
