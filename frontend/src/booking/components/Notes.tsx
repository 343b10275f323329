import { Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";

import type { Appointment } from "@/api/shapes";
import { text } from "@/text";
import { notifyDone } from "@/ui/notifyDone";

import { useEdit } from "../mutations";
import { isStale } from "../refusals";

/** What the team noted about an appointment, to be changed in place. */
export function Notes({ appointment }: { appointment: Appointment }) {
  const [typed, setTyped] = useState<string | null>(null);
  const { mutate, isPending, error, reset } = useEdit();
  const { drawer } = text.booking;
  const isChanged = typed !== null && typed !== appointment.notes;
  const save = () => {
    if (typed === null) return;
    mutate(
      { appointment, notes: typed },
      {
        onSuccess: () => {
          setTyped(null);
          notifyDone(drawer.notesSaved);
        },
      },
    );
  };
  return (
    <div>
      <Textarea
        label={drawer.notes}
        description={text.booking.form.notesHint}
        value={typed ?? appointment.notes}
        error={error && (isStale(error) ? drawer.notesStale : error.message)}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={5000}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          reset();
        }}
      />
      {isChanged && (
        <Group mt="xs" gap="xs" justify="flex-end">
          <Button variant="subtle" color="gray" size="compact-md" onClick={() => setTyped(null)}>
            {drawer.discardNotes}
          </Button>
          <Button size="compact-md" loading={isPending} onClick={save}>
            {drawer.saveNotes}
          </Button>
        </Group>
      )}
    </div>
  );
}
