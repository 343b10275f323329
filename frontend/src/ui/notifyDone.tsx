import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";

import { text } from "@/text";

const SHOWN_MS = 5_000;
/** Long enough to notice a mistake, to read the button, and to reach it. */
const UNDOABLE_MS = 10_000;

/** Tells, in passing, that something was done, with the way back where there is one. */
export function notifyDone(message: string, undo?: () => void): void {
  const id = notifications.show({
    message: undo ? (
      <Group justify="space-between" wrap="nowrap" gap={12}>
        <span>{message}</span>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {text.undo}
        </Button>
      </Group>
    ) : (
      message
    ),
    autoClose: undo ? UNDOABLE_MS : SHOWN_MS,
    closeButtonProps: { "aria-label": text.dismiss },
  });
}
