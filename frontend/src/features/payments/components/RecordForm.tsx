import { Button, Group, Input, SegmentedControl, Select, Stack, TextInput } from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import { type ReactNode, useId } from "react";

import type { Appointment } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { money } from "@/text/money";
import { zoneName } from "@/time/format";
import { FormProblem } from "@/ui/FormProblem";
import { useNow } from "@/time/useNow";

import { METHODS } from "../filters";
import { useRecordForm } from "../useRecordForm";
import { AmountField } from "./AmountField";
import { PaidFor } from "./PaidFor";
import classes from "./payments.module.css";

interface RecordFormProps {
  appointment: Appointment | null;
  /** Draws the way to choose the appointment where it is not known already. */
  choose?: (error: string | undefined) => ReactNode;
  onDone: () => void;
}

const RENEWED_MS = 60_000;

/** What was paid, how, and when. The amount is what is due, until another is typed. */
export function RecordForm({ appointment, choose, onDone }: RecordFormProps) {
  const { business } = useViewer();
  const now = useNow(RENEWED_MS);
  const { form, errors, amount, due, currency, problem, waitSeconds, isSending, send } = useRecordForm(
    appointment,
    onDone,
  );
  const { recording, methods } = text.payments;
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {problem && <FormProblem heading={recording.problem} error={problem} waitSeconds={waitSeconds} />}
        {choose ? choose(errors.appointment) : appointment && <PaidFor appointment={appointment} />}
        <AmountField
          label={recording.amount}
          currency={currency}
          value={amount}
          error={errors.amount}
          description={appointment && due !== undefined && dueText(appointment, due)}
          onChange={(typed) => form.setFieldValue("amount", typed)}
        />
        <div className={classes.pair}>
          <Select
            label={recording.method}
            data={METHODS.map((value) => ({ value, label: methods[value] }))}
            allowDeselect={false}
            {...form.getInputProps("method")}
          />
          <DateTimePicker
            label={recording.when}
            placeholder={recording.now}
            classNames={{ placeholder: classes.placeholder }}
            clearable
            clearButtonProps={{ "aria-label": text.payments.clear }}
            {...form.getInputProps("occurred_at")}
          />
        </div>
        <Input.Description mt={-10}>{recording.whenHint(zoneName(now, business.timezone))}</Input.Description>
        <Outcome value={form.values.status} onChange={(status) => form.setFieldValue("status", status)} />
        <TextInput
          label={recording.note}
          description={recording.noteHint}
          maxLength={300}
          {...form.getInputProps("note")}
        />
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onDone}>
            {recording.cancel}
          </Button>
          <Button type="submit" loading={isSending} disabled={waitSeconds > 0}>
            {recording.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function dueText({ price_cents, currency }: Appointment, due: number): string {
  const { recording } = text.payments;
  const price = money(price_cents, currency);
  return due === 0 ? recording.settled(price) : recording.due(money(due, currency), price);
}

interface OutcomeProps {
  value: "succeeded" | "failed";
  onChange: (value: "succeeded" | "failed") => void;
}

function Outcome({ value, onChange }: OutcomeProps) {
  const labelId = useId();
  const { recording } = text.payments;
  return (
    <div>
      <Input.Label id={labelId} labelElement="div" mb={4} display="block">
        {recording.outcome}
      </Input.Label>
      <SegmentedControl
        aria-labelledby={labelId}
        data={[
          { value: "succeeded", label: recording.succeeded },
          { value: "failed", label: recording.failed },
        ]}
        value={value}
        onChange={(chosen) => onChange(chosen === "failed" ? "failed" : "succeeded")}
      />
    </div>
  );
}
