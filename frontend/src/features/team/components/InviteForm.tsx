import { Button, Group, Radio, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";

import { ApiError } from "@/api/api-error";
import type { Role } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { FormProblem } from "@/ui/FormProblem";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { notifyDone } from "@/ui/notifyDone";

import { useInvite } from "../queries";
import { rolesToGive } from "../rules";

const FIELDS = ["email", "role"] as const;

/** Whom to invite, and as what. */
export function InviteForm({ onClose }: { onClose: () => void }) {
  const { user } = useViewer();
  const words = text.team.form;
  const invite = useInvite();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "", role: "staff" as Role },
    validate: { email: isNotEmpty(words.emailRequired) },
  });
  const send = form.onSubmit(
    (wanted) => {
      invite.mutate(wanted, {
        onSuccess: ({ email }) => {
          notifyDone(words.sent(email));
          onClose();
        },
        onError: (error) => form.setErrors(errorsOf(error)),
      });
    },
    () => form.getInputNode("email")?.focus(),
  );
  const isAboutFields = Object.keys(errorsOf(invite.error)).length > 0;
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {invite.error && !isAboutFields && <FormProblem heading={words.failed} error={invite.error} waitSeconds={0} />}
        <TextInput
          key={form.key("email")}
          {...form.getInputProps("email")}
          label={words.email}
          description={words.emailHint}
          type="email"
          autoComplete="off"
          data-autofocus
        />
        <Radio.Group key={form.key("role")} {...form.getInputProps("role")} label={words.role}>
          <Stack gap="xs" mt={6}>
            {rolesToGive(user.role).map((role) => (
              <Radio key={role} value={role} label={text.shell.roles[role]} description={words.roleHints[role]} />
            ))}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={invite.isPending}>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function errorsOf(error: Error | null): Partial<Record<(typeof FIELDS)[number], string>> {
  const isMember = error instanceof ApiError && error.code === "already_member";
  return isMember ? { email: text.team.form.alreadyMember } : fieldErrors(error, FIELDS);
}
