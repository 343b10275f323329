import { Button, Group, Modal, Text } from "@mantine/core";

import { text } from "@/text";
import { clockTime, weekdayDate } from "@/time/format";

import type { Outside } from "../useDrop";

interface OutsideDialogProps {
  outside: Outside;
  zone: string;
  onYes: () => void;
  onClose: () => void;
}

/** Asks whether an appointment may lie where nobody works. */
export function OutsideDialog({ outside: { move, reason }, zone, onYes, onClose }: OutsideDialogProps) {
  const words = text.calendar.outside;
  const when = `${weekdayDate(move.startAt, zone)}, ${clockTime(move.startAt, zone)}`;
  return (
    <Modal.Root opened onClose={onClose} centered radius={14} padding="lg">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <Modal.Title fw={620} fz="lg">
            {words.heading}
          </Modal.Title>
          <Text c="dimmed" mt={4}>
            {reason}
          </Text>
          <Text mt={12}>
            {move.durationMinutes === undefined
              ? words.move(move.appointment.customer_name, when)
              : words.stretch(move.appointment.customer_name)}
          </Text>
          <Group justify="flex-end" mt="lg">
            <Button variant="subtle" color="gray" onClick={onClose}>
              {words.no}
            </Button>
            <Button
              data-autofocus
              onClick={() => {
                onYes();
                onClose();
              }}
            >
              {words.yes}
            </Button>
          </Group>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
