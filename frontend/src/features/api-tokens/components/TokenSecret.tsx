import { Button, Group, Stack, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import CheckIcon from "lucide-react/icons/check";
import CopyIcon from "lucide-react/icons/copy";

import { apiTokens as tokensText } from "@/text/apiTokens";

import type { CreatedToken } from "./TokenForm";
import classes from "./TokenSecret.module.css";

interface TokenSecretProps {
  token: CreatedToken;
  onCopied: () => void;
  onDone: () => void;
}

/** Shows the secret of a new token. Selecting and copying it by hand counts as copying, too. */
export function TokenSecret({ token, onCopied, onDone }: TokenSecretProps) {
  const clipboard = useClipboard({ timeout: 2_000 });
  const words = tokensText.secret;
  const copy = () => {
    clipboard.copy(token.secret);
    onCopied();
  };
  return (
    <Stack gap="md">
      <VisuallyHidden role="status">{clipboard.copied && words.copied}</VisuallyHidden>
      <Text c="dimmed">{words.lead}</Text>
      <TextInput
        readOnly
        label={words.label(token.name)}
        value={token.secret}
        classNames={{ input: classes.secret }}
        onFocus={(event) => {
          event.currentTarget.select();
        }}
        onCopy={onCopied}
      />
      <Group justify="flex-end" gap="xs">
        <Button
          data-autofocus
          leftSection={clipboard.copied ? <CheckIcon aria-hidden size={16} /> : <CopyIcon aria-hidden size={16} />}
          onClick={copy}
        >
          {clipboard.copied ? words.copied : words.copy}
        </Button>
        <Button variant="default" onClick={onDone}>
          {words.done}
        </Button>
      </Group>
    </Stack>
  );
}
