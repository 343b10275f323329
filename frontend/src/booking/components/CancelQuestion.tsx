import { Button, Group, Modal, Text, TextInput } from "@mantine/core";
import { useState } from "react";

import type { Appointment } from "@/api/shapes";
import { text } from "@/text";

import { canUndo } from "../acts";

interface CancelQuestionProps {
  appointment: Appointment;
  now: Date;
  isOpen: boolean;
  onClose: () => void;
  onYes: (reason: string) => void;
}

/** Asks why an appointment is cancelled, and says so where that cannot be undone. */
export function CancelQuestion({ appointment, now, isOpen, onClose, onYes }: CancelQuestionProps) {
  const [reason, setReason] = useState("");
  const { heading, body, grave, reason: label, reasonHint, yes, no } = text.booking.drawer.ask;
  return (
    <Modal.Root opened={isOpen} onClose={onClose} centered radius={14} padding="lg">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <Modal.Title fw={620} fz="lg">
            {heading}
          </Modal.Title>
          <Text c="dimmed" mt="xs">
            {canUndo("cancel", appointment, now) ? body : grave}
          </Text>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              onYes(reason.trim());
              onClose();
            }}
          >
            <TextInput
              mt="md"
              label={label}
              description={reasonHint}
              value={reason}
              maxLength={500}
              autoComplete="off"
              data-autofocus
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Group justify="flex-end" mt="lg" gap="xs">
              <Button variant="default" onClick={onClose}>
                {no}
              </Button>
              <Button color="red" type="submit">
                {yes}
              </Button>
            </Group>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
