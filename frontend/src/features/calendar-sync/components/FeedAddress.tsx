import { Anchor, Button, Group, Stack, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import CheckIcon from "lucide-react/icons/check";
import CopyIcon from "lucide-react/icons/copy";

import type { NewFeed } from "@/api/calendarSync";
import { calendarSync as syncText } from "@/text/calendarSync";

import classes from "./Feeds.module.css";

const words = syncText.feeds.secret;

interface FeedAddressProps {
  feed: NewFeed;
  onCopied: () => void;
  onDone: () => void;
}

/** Shows the address of a subscription this once, and how to use it. Opening it counts as copying, too. */
export function FeedAddress({ feed, onCopied, onDone }: FeedAddressProps) {
  const clipboard = useClipboard({ timeout: 2_000 });
  return (
    <Stack gap="md">
      <VisuallyHidden role="status">{clipboard.copied && words.copied}</VisuallyHidden>
      <Text c="dimmed">{words.lead}</Text>
      <TextInput
        readOnly
        label={words.label}
        value={feed.url}
        classNames={{ input: classes.secret ?? "" }}
        onFocus={(event) => {
          event.currentTarget.select();
        }}
        onCopy={onCopied}
      />
      <Anchor href={feed.webcal_url} size="sm" w="fit-content" onClick={onCopied}>
        {words.open}
      </Anchor>
      <section>
        <Text fw={600}>{words.how}</Text>
        <dl className={classes.ways}>
          {Object.values(words.ways).map(({ name, how }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{how}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Group justify="flex-end" gap="xs">
        <Button
          data-autofocus
          leftSection={clipboard.copied ? <CheckIcon aria-hidden size={16} /> : <CopyIcon aria-hidden size={16} />}
          onClick={() => {
            clipboard.copy(feed.url);
            onCopied();
          }}
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
