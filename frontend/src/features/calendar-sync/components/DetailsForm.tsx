import { Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";

import type { CalendarConnection } from "@/api/calendarSync";
import type { Resource } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { calendarSync as syncText } from "@/text/calendarSync";
import { FormProblem } from "@/ui/FormProblem";
import { useWait } from "@/ui/FormProblem/useWait";

import type { Kind } from "../kinds";
import { existingOf, FIELDS, problemsOf } from "../problems";
import { useConnect } from "../queries";
import { firstWhose, resourceIdOf } from "../whose";
import { WhoseField } from "./WhoseField";

const words = syncText.connecting;

interface DetailsFormProps {
  kind: Kind;
  resources: readonly Resource[];
  onBack: () => void;
  onShow: (id: string) => void;
  onConnected: (connection: CalendarConnection) => void;
}

/** Whose time it is, where the account lies, and how we get in. */
export function DetailsForm({ kind, resources, onBack, onShow, onConnected }: DetailsFormProps) {
  const connect = useConnect();
  const form = useDetails(kind, resources);
  const waitSeconds = useWait(connect.error);
  const isAboutFields = Object.keys(problemsOf(connect.error)).length > 0;
  const existing = existingOf(connect.error);
  const send = form.onSubmit(
    ({ resource, ...typed }) => {
      const provider = kind.provider === "ics" ? "ics" : "caldav";
      connect.mutate(
        { ...typed, url: typed.url.trim(), username: typed.username.trim(), provider, resource: resourceIdOf(resource) },
        {
          onSuccess: onConnected,
          onError: (error) => {
            const problems = problemsOf(error);
            form.setErrors(problems);
            focusFirst(form, problems);
          },
        },
      );
    },
    (errors) => focusFirst(form, errors),
  );
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {connect.error && !isAboutFields && (
          <FormProblem heading={words.failed} error={connect.error} waitSeconds={waitSeconds} />
        )}
        {existing && (
          <Button variant="default" w="fit-content" onClick={() => onShow(existing)}>
            {words.openExisting}
          </Button>
        )}
        <Fields kind={kind} form={form} resources={resources} />
        {connect.isPending && (
          <Text size="sm" c="dimmed" role="status">
            {words.checking}
          </Text>
        )}
        <Group justify="space-between" gap="xs" mt="xs">
          <Button variant="default" onClick={onBack}>
            {words.back}
          </Button>
          <Button type="submit" loading={connect.isPending} disabled={waitSeconds > 0}>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type Form = ReturnType<typeof useDetails>;

function Fields({ kind, form, resources }: Pick<DetailsFormProps, "kind" | "resources"> & { form: Form }) {
  const isAddress = kind.auth === "url";
  return (
    <>
      <WhoseField
        resources={resources}
        key={form.key("resource")}
        {...form.getInputProps("resource")}
        label={words.whose}
        description={words.whoseHint}
      />
      <TextInput
        key={form.key("url")}
        {...form.getInputProps("url")}
        label={isAddress ? words.address : words.server}
        description={isAddress ? words.addressHint : kind.url === "" && kind.advice}
        placeholder={kind.pattern}
        type="url"
        inputMode="url"
        autoComplete="off"
        maxLength={2000}
      />
      {!isAddress && (
        <>
          <TextInput
            key={form.key("username")}
            {...form.getInputProps("username")}
            label={words.username}
            description={words.usernameHint}
            autoComplete="off"
            maxLength={254}
          />
          <PasswordInput
            key={form.key("password")}
            {...form.getInputProps("password")}
            label={words.password}
            description={kind.url !== "" && kind.advice}
            autoComplete="new-password"
            maxLength={500}
          />
        </>
      )}
    </>
  );
}

function useDetails({ auth, url }: Kind, resources: readonly Resource[]) {
  const { user } = useViewer();
  const required = (message: string) => (value: string) => (value.trim() === "" ? message : null);
  const forPassword = (message: string) => (value: string) => (auth === "password" && value === "" ? message : null);
  return useForm({
    mode: "uncontrolled",
    initialValues: { resource: firstWhose(resources, user), url, username: "", password: "" },
    validate: {
      resource: required(words.whoseRequired),
      url: required(words.urlRequired),
      username: forPassword(words.usernameRequired),
      password: forPassword(words.passwordRequired),
    },
  });
}

/** Moves the focus to the first field that something is wrong with. */
function focusFirst(form: Form, problems: Partial<Record<string, unknown>>): void {
  const field = (["resource", ...FIELDS] as const).find((name) => problems[name]);
  if (field) form.getInputNode(field)?.focus();
}
