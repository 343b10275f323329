import { Button, Group, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";

import type { Resource } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { paths } from "@/paths";
import { calendarSync as syncText } from "@/text/calendarSync";
import { FormProblem } from "@/ui/FormProblem";
import { useWait } from "@/ui/FormProblem/useWait";

import type { Kind } from "../kinds";
import { leaveFor } from "../leave";
import { problemsOf } from "../problems";
import { useConsent } from "../queries";
import { firstWhose, resourceIdOf } from "../whose";
import { WhoseField } from "./WhoseField";

const words = syncText.connecting;

interface ConsentFormProps {
  kind: Kind;
  resources: readonly Resource[];
  onBack: () => void;
}

/** Whose time it is; then the account's own site asks whether we may. */
export function ConsentForm({ kind, resources, onBack }: ConsentFormProps) {
  const { user } = useViewer();
  const consent = useConsent(paths.calendarSync);
  const waitSeconds = useWait(consent.error);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { resource: firstWhose(resources, user) },
    validate: { resource: (value) => (value === "" ? words.whoseRequired : null) },
  });
  const send = form.onSubmit(({ resource }) => {
    const provider = kind.provider === "microsoft" ? "microsoft" : "google";
    consent.mutate(
      { provider, resource: resourceIdOf(resource), connection: null },
      {
        onSuccess: ({ authorize_url: url }) => leaveFor(url),
        onError: (error) => form.setErrors(problemsOf(error)),
      },
    );
  });
  const isAboutField = problemsOf(consent.error).resource !== undefined;
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {consent.error && !isAboutField && (
          <FormProblem heading={words.failed} error={consent.error} waitSeconds={waitSeconds} />
        )}
        <WhoseField
          resources={resources}
          key={form.key("resource")}
          {...form.getInputProps("resource")}
          label={words.whose}
          description={words.whoseHint}
        />
        <Text c="dimmed">{words.consentLead(kind.name)}</Text>
        <Group justify="space-between" gap="xs" mt="xs">
          <Button variant="default" onClick={onBack}>
            {words.back}
          </Button>
          <Button type="submit" loading={consent.isPending || consent.isSuccess} disabled={waitSeconds > 0}>
            {words.consent(kind.name)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
