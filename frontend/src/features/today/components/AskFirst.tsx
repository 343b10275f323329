import { Button, Group, Modal, Text } from "@mantine/core";
import { useState } from "react";

import type { Appointment } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { clockTime } from "@/time/format";

import type { Act } from "../agenda";
import { focusRow } from "./focusRow";

export interface Question {
  appointment: Appointment;
  act: "cancel" | "no-show";
}

interface AskFirstProps {
  question: Question | null;
  onAnswer: (answered: null) => void;
  onYes: (appointment: Appointment, act: Act) => void;
}

/** Asks before what cannot be undone. */
export function AskFirst({ question, onAnswer, onYes }: AskFirstProps) {
  const shown = useLast(question);
  const close = () => {
    onAnswer(null);
    if (shown) focusRow(shown.appointment.id);
  };
  const confirm = () => {
    if (shown) onYes(shown.appointment, shown.act);
    close();
  };
  return (
    <Modal.Root opened={question !== null} onClose={close} returnFocus={false} centered radius={14} padding="lg">
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>{shown && <Words question={shown} onNo={close} onYes={confirm} />}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface WordsProps {
  question: Question;
  onNo: () => void;
  onYes: () => void;
}

function Words({ question: { appointment, act }, onNo, onYes }: WordsProps) {
  const { business } = useViewer();
  const time = clockTime(new Date(appointment.start_at), business.timezone);
  const { heading, body, yes } = text.today.ask[act];
  return (
    <>
      <Modal.Title fw={620} fz="lg">
        {heading}
      </Modal.Title>
      <Text mt="xs">
        {time} · {appointment.customer_name} · {appointment.service_name}
      </Text>
      <Text c="dimmed" mt="xs">
        {body}
      </Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onNo} data-autofocus>
          {text.today.ask.no}
        </Button>
        <Button color="red" onClick={onYes}>
          {yes}
        </Button>
      </Group>
    </>
  );
}

/** Returns the last question there was, so that the dialog keeps its words while it closes. */
function useLast(question: Question | null): Question | null {
  const [last, setLast] = useState(question);
  if (question !== null && question !== last) setLast(question);
  return question ?? last;
}
