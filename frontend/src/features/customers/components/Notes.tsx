import { Button, Group, Text, Textarea } from "@mantine/core";
import { useEffect, useRef, useState } from "react";

import type { Customer } from "@/api/shapes";
import { text } from "@/text";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { notifyDone } from "@/ui/notifyDone";
import { Section } from "@/ui/Section";

import { useChange } from "../queries";
import classes from "./customer.module.css";

/** What the team should know about a customer, changed where it stands. */
export function Notes({ customer }: { customer: Customer }) {
  const [isEditing, setEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  const { notes = "" } = customer;
  const words = text.customers.one;
  useEffect(() => {
    if (wasEditing.current && !isEditing) edit.current?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);
  return (
    <Section heading={words.notes} lead={words.notesLead}>
      {isEditing ? (
        <NotesForm customer={customer} onDone={() => setEditing(false)} />
      ) : (
        <div>
          {notes ? <p className={classes.words}>{notes}</p> : <Text c="dimmed" size="sm">{words.noNotes}</Text>}
          <Button ref={edit} variant="default" size="compact-md" mt={12} onClick={() => setEditing(true)}>
            {notes ? words.editNotes : words.addNotes}
          </Button>
        </div>
      )}
    </Section>
  );
}

function NotesForm({ customer, onDone }: { customer: Customer; onDone: () => void }) {
  const change = useChange();
  const { notes = "" } = customer;
  const [typed, setTyped] = useState(notes);
  const field = useRef<HTMLTextAreaElement>(null);
  const words = text.customers.one;
  useEffect(() => {
    const end = field.current?.value.length ?? 0;
    field.current?.focus();
    field.current?.setSelectionRange(end, end);
  }, []);
  const save = () => {
    change.mutate(
      { id: customer.id, notes: typed.trim() },
      {
        onSuccess: () => {
          notifyDone(words.notesSaved);
          onDone();
        },
      },
    );
  };
  const problem = change.error && (fieldErrors(change.error, ["notes"]).notes ?? change.error.message);
  return (
    <div>
      <LeaveGuard when={typed !== notes} />
      <Textarea
        ref={field}
        aria-label={words.notes}
        autosize
        minRows={4}
        maxRows={16}
        maxLength={5000}
        value={typed}
        error={problem}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Group gap="xs" mt="sm">
        <Button size="compact-md" loading={change.isPending} onClick={save}>
          {words.saveNotes}
        </Button>
        <Button size="compact-md" variant="default" onClick={onDone}>
          {words.cancel}
        </Button>
      </Group>
    </div>
  );
}
