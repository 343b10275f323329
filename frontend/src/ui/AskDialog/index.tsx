import { Button, Group, Modal, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";

export interface Question {
  heading: string;
  body: ReactNode;
  /** Without one there is nothing to agree to, only something to be told. */
  yes?: string;
  no: string;
  /** Whether agreeing destroys something. */
  isGrave?: boolean;
}

interface AskDialogProps {
  /** Null while nothing is asked. */
  question: Question | null;
  onNo: () => void;
  onYes?: () => void;
  isBusy?: boolean;
}

/** Asks before something is done that cannot simply be taken back. */
export function AskDialog({ question, onNo, onYes, isBusy = false }: AskDialogProps) {
  const shown = useLast(question);
  return (
    <Modal.Root opened={question !== null} onClose={onNo} centered radius={14} padding="lg">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <Modal.Title fw={620} fz="lg">
            {shown?.heading}
          </Modal.Title>
          <Text component="div" c="dimmed" mt="xs">
            {shown?.body}
          </Text>
          <Group justify="flex-end" mt="lg" gap="xs">
            <Button variant="default" onClick={onNo} data-autofocus>
              {shown?.no}
            </Button>
            {shown?.yes && (
              <Button color={shown.isGrave ? "red" : "accent"} loading={isBusy} onClick={onYes}>
                {shown.yes}
              </Button>
            )}
          </Group>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Returns the last question there was, so that the dialog keeps its words while it closes. */
function useLast(question: Question | null): Question | null {
  const [last, setLast] = useState(question);
  if (question !== null && question !== last) setLast(question);
  return question ?? last;
}
