import { Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";

import type { CalendarConnection } from "@/api/calendarSync";
import { calendarSync as syncText } from "@/text/calendarSync";
import { FormDialog } from "@/ui/FormDialog";
import { FormProblem } from "@/ui/FormProblem";
import { notifyDone } from "@/ui/notifyDone";

import { labelOf } from "../names";
import { problemsOf } from "../problems";
import { useReconnect } from "../queries";

const words = syncText.reconnecting;
const fields = syncText.connecting;

interface ReconnectDialogProps {
  connection: CalendarConnection;
  isOpen: boolean;
  onClose: () => void;
}

/** Gives an account another password. */
export function ReconnectDialog({ connection, isOpen, onClose }: ReconnectDialogProps) {
  return (
    <FormDialog opened={isOpen} onClose={onClose} heading={words.heading(labelOf(connection))}>
      <PasswordForm connection={connection} onClose={onClose} />
    </FormDialog>
  );
}

function PasswordForm({ connection, onClose }: Omit<ReconnectDialogProps, "isOpen">) {
  const reconnect = useReconnect();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { username: connection.account_label ?? "", password: "" },
    validate: { username: isNotEmpty(fields.usernameRequired), password: isNotEmpty(fields.passwordRequired) },
  });
  const problems = problemsOf(reconnect.error);
  const isAboutFields = Boolean(problems.password ?? problems.username);
  const send = form.onSubmit(({ username, password }) => {
    reconnect.mutate(
      { id: connection.id, username, password },
      {
        onSuccess: () => {
          notifyDone(words.done(labelOf(connection)));
          onClose();
        },
        onError: (error) => form.setErrors(problemsOf(error)),
      },
    );
  });
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Text c="dimmed">{words.lead}</Text>
        {reconnect.error && !isAboutFields && (
          <FormProblem heading={words.failed} error={reconnect.error} waitSeconds={0} />
        )}
        <TextInput
          key={form.key("username")}
          {...form.getInputProps("username")}
          label={fields.username}
          autoComplete="off"
          maxLength={254}
        />
        <PasswordInput
          key={form.key("password")}
          {...form.getInputProps("password")}
          label={fields.password}
          autoComplete="new-password"
          maxLength={500}
          data-autofocus
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {fields.cancel}
          </Button>
          <Button type="submit" loading={reconnect.isPending}>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
