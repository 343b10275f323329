import { Checkbox, Text } from "@mantine/core";
import { useState } from "react";

import type { CalendarConnection } from "@/api/calendarSync";
import { calendarSync as syncText } from "@/text/calendarSync";
import { AskDialog } from "@/ui/AskDialog";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { labelOf } from "../names";
import { useDisconnect } from "../queries";

const words = syncText.disconnecting;

interface DisconnectDialogProps {
  connection: CalendarConnection;
  isOpen: boolean;
  onClose: () => void;
}

/** Asks before an account is disconnected, and whether our entries are to go from its calendars, too. */
export function DisconnectDialog({ connection, isOpen, onClose }: DisconnectDialogProps) {
  const [isRemoving, setRemoving] = useState(false);
  const disconnect = useDisconnect();
  const account = labelOf(connection);
  const entries = connection.counts.links ?? 0;
  const act = () =>
    disconnect.mutate(
      { id: connection.id, isRemoving },
      {
        onSuccess: (isGone) => notifyDone(isGone ? words.done(account) : words.removing(account)),
        onError: (error) => notifyFailure(words.failed(account), error.message),
        onSettled: onClose,
      },
    );
  const body = (
    <>
      <Text>{words.body}</Text>
      {entries > 0 && (
        <Checkbox
          mt="md"
          label={words.remove}
          description={words.removeHint(entries)}
          checked={isRemoving}
          onChange={(event) => setRemoving(event.currentTarget.checked)}
        />
      )}
    </>
  );
  return (
    <AskDialog
      question={isOpen ? { heading: words.heading(account), body, yes: words.yes, no: words.no, isGrave: true } : null}
      isBusy={disconnect.isPending}
      onNo={onClose}
      onYes={act}
    />
  );
}
