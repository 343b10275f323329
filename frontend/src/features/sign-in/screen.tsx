import { Button, PasswordInput, Skeleton, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useDocumentTitle } from "@mantine/hooks";
import { Navigate, useSearchParams } from "react-router";

import { ApiError } from "@/api/api-error";
import { type Credentials, useSession, useSignIn } from "@/api/session";
import { pathAfterSignIn } from "@/paths";
import { text } from "@/text";
import { Entrance } from "@/ui/Entrance";
import { ErrorState } from "@/ui/ErrorState";
import { FormProblem } from "@/ui/FormProblem";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { useWait } from "@/ui/FormProblem/useWait";

const FIELDS = ["email", "password"] as const;

/** Signing in to the business whose address this is. */
export function Component() {
  const { data: session, error, refetch } = useSession();
  const [search] = useSearchParams();
  useDocumentTitle(session ? text.title(text.signIn.title, session.business.name) : text.product);
  if (session?.user) return <Navigate to={pathAfterSignIn(search.get("next"))} replace />;
  if (!session && error) {
    return (
      <Entrance heading={text.signIn.title}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Entrance>
    );
  }
  return (
    <Entrance heading={session ? text.signIn.heading(session.business.name) : <Skeleton component="span" h={30} />}>
      <SignInForm />
    </Entrance>
  );
}

function SignInForm() {
  const signIn = useSignIn();
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
          {text.signIn.submit}
        </Button>
      </Stack>
    </form>
  );
}

function headingOf(error: Error): string {
  const isPaused = error instanceof ApiError && error.status === 429;
  return isPaused ? text.signIn.lockedOut : text.signIn.failed;
}
