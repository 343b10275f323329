import { Button, Group, NativeSelect, Radio, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";

import type { TokenScope } from "@/api/shapes";
import { apiTokens as tokensText } from "@/text/apiTokens";
import { FormProblem } from "@/ui/FormProblem";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";

import { useCreateToken } from "../queries";

export interface CreatedToken {
  name: string;
  secret: string;
}

interface TokenFormProps {
  onCancel: () => void;
  onCreated: (token: CreatedToken) => void;
}

const FIELDS = ["name", "scope", "expires_at"] as const;
const ENDS = ["30", "90", "365", "never"] as const;
const DAY_MS = 24 * 3_600_000;

/** What a new token is called, what it may, and for how long. */
export function TokenForm({ onCancel, onCreated }: TokenFormProps) {
  const words = tokensText.form;
  const create = useCreateToken();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { name: "", scope: "read" as TokenScope, expires_at: "90" as (typeof ENDS)[number] },
    validate: { name: isNotEmpty(words.nameRequired) },
  });
  const send = form.onSubmit(
    ({ name, scope, expires_at: end }) => {
      create.mutate(
        { name, scope, expires_at: endOf(end, new Date()) },
        {
          onSuccess: ({ token }) => onCreated({ name, secret: token }),
          onError: (error) => form.setErrors(fieldErrors(error, FIELDS)),
        },
      );
    },
    () => form.getInputNode("name")?.focus(),
  );
  const isAboutFields = Object.keys(fieldErrors(create.error, FIELDS)).length > 0;
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {create.error && !isAboutFields && <FormProblem heading={words.failed} error={create.error} waitSeconds={0} />}
        <TextInput
          key={form.key("name")}
          {...form.getInputProps("name")}
          label={words.name}
          description={words.nameHint}
          maxLength={100}
          data-autofocus
        />
        <Radio.Group key={form.key("scope")} {...form.getInputProps("scope")} label={words.scope}>
          <Stack gap="xs" mt={6}>
            {(["read", "write"] as const).map((scope) => (
              <Radio
                key={scope}
                value={scope}
                label={tokensText.scopes[scope]}
                description={words.scopeHints[scope]}
              />
            ))}
          </Stack>
        </Radio.Group>
        <NativeSelect
          key={form.key("expires_at")}
          {...form.getInputProps("expires_at")}
          label={words.expires}
          data={ENDS.map((value) => ({ value, label: words.ends[value] }))}
        />
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onCancel}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Returns the moment a token ends that ends in so many days, null for one that does not. */
function endOf(days: (typeof ENDS)[number], now: Date): string | null {
  return days === "never" ? null : new Date(now.getTime() + Number(days) * DAY_MS).toISOString();
}
