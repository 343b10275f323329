import { Button, Group, Modal, Select, Stack, Switch, Text, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";

import { text } from "@/text";
import { FormProblem } from "@/ui/FormProblem";
import { useWait } from "@/ui/FormProblem/useWait";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { typeOf, types } from "../address";
import { type BlockForm, blockOf, formOf } from "../block";
import { useBlock, useUnblock } from "../queries";
import { type BlockDraft, nameOf } from "../useActs";
import type { Calendar } from "../useCalendar";
import { BlockEnds } from "./BlockEnds";

interface BlockDialogProps {
  draft: BlockDraft;
  calendar: Calendar;
  /** The date on which a block lies where the draft does not say. */
  date: string;
  onClose: () => void;
}

const words = text.calendar.block;
const EVERYBODY = "everybody";

/** Blocks time, changes time off, and takes it back. */
export function BlockDialog({ draft, calendar, date, onClose }: BlockDialogProps) {
  const { zone, resources } = calendar;
  const alone = resources.length === 1 ? (resources[0]?.id ?? null) : null;
  const [form, setForm] = useState(() => formOf(draft, { zone, date, resourceId: alone ?? resources[0]?.id ?? null }));
  const [isTried, setTried] = useState(false);
  const save = useBlock();
  const wait = useWait(save.error);
  const found = blockOf(form, zone);
  const change = (changed: Partial<BlockForm>) => setForm((before) => ({ ...before, ...changed }));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (typeof found === "string") return;
    const name = nameOf(found.resource, calendar);
    save.mutate(
      { ...found, id: draft.timeOff?.id },
      {
        onSuccess: () => {
          notifyDone(draft.timeOff ? words.changed(name) : words.done(name));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      radius={14}
      padding="lg"
      title={
        <Text fw={620} fz="lg" component="span">
          {draft.timeOff ? words.change : words.heading}
        </Text>
      }
      closeButtonProps={{ "aria-label": text.booking.close }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap={16}>
          <Text size="sm" c="dimmed">
            {words.lead}
          </Text>
          {save.error && <FormProblem heading={words.failed} error={save.error} waitSeconds={wait} />}
          <Select
            label={words.who}
            data={whoOptions(calendar)}
            value={form.resource === null ? EVERYBODY : String(form.resource)}
            allowDeselect={false}
            searchable
            onChange={(value) => change({ resource: value === EVERYBODY || value === null ? null : Number(value) })}
          />
          <Switch
            label={words.wholeDays}
            checked={form.isWholeDays}
            onChange={(event) => change({ isWholeDays: event.currentTarget.checked })}
          />
          <BlockEnds form={form} onChange={change} problem={isTried && typeof found === "string" ? found : null} />
          <TextInput
            label={words.reason}
            description={words.reasonHint}
            placeholder={words.reasonExample}
            maxLength={200}
            value={form.reason}
            onChange={(event) => change({ reason: event.currentTarget.value })}
          />
          <Foot draft={draft} calendar={calendar} isSaving={save.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

interface FootProps extends Pick<BlockDialogProps, "draft" | "calendar" | "onClose"> {
  isSaving: boolean;
}

function Foot({ draft: { timeOff }, calendar, isSaving, onClose }: FootProps) {
  const remove = useRemoval(calendar, onClose);
  return (
    <Group justify="flex-end">
      {timeOff && (
        <Button variant="subtle" color="red" mr="auto" loading={remove.isPending} onClick={() => remove.start(timeOff)}>
          {words.remove}
        </Button>
      )}
      <Button variant="default" onClick={onClose}>
        {words.cancel}
      </Button>
      <Button type="submit" loading={isSaving}>
        {timeOff ? words.saveChange : words.save}
      </Button>
    </Group>
  );
}

/** Removes time off, with the way back: the same time off made anew. */
function useRemoval(calendar: Calendar, onDone: () => void) {
  const unblock = useUnblock();
  const { mutate: block } = useBlock();
  const start = (timeOff: NonNullable<BlockDraft["timeOff"]>) => {
    const { resource = null, reason = "", start_at, end_at } = timeOff;
    const name = nameOf(resource, calendar);
    const undo = () => block({ resource, reason, startAt: new Date(start_at), endAt: new Date(end_at) });
    unblock.mutate(timeOff, {
      onSuccess: () => {
        notifyDone(words.removed(name), undo);
        onDone();
      },
      onError: (error) => notifyFailure(words.failedRemoval, error.message),
    });
  };
  return { start, isPending: unblock.isPending };
}

function whoOptions({ allResources }: Calendar) {
  const groups = types.map((type) => ({
    group: text.calendar.filters.types[type],
    items: allResources
      .filter((resource) => typeOf(resource) === type && resource.is_active !== false)
      .map(({ id, name }) => ({ value: String(id), label: name })),
  }));
  return [{ value: EVERYBODY, label: words.everybody }, ...groups.filter(({ items }) => items.length > 0)];
}
