import "@mantine/dates/styles.layer.css";

import { Button, Group, Radio, Stack } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import CalendarIcon from "lucide-react/icons/calendar";
import { type SubmitEvent, useState } from "react";

import { hours as hoursText } from "@/text/hours";
import { dateInFull } from "@/time/format";
import { FormProblem } from "@/ui/FormProblem";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { notifyDone } from "@/ui/notifyDone";

import type { OtherDate } from "../dates";
import { type Owner, useSaveDate } from "../hours-queries";
import { asDraft, type DayHours, hoursToOpenWith, problemsOf } from "../week";
import { DateHoursFields } from "./DateHoursFields";

interface DateFormProps {
  owner: Owner;
  /** Null to add one. */
  edited: OtherDate | null;
  /** The dates that have other hours already. */
  taken: readonly OtherDate[];
  onDone: () => void;
}

/** One date with the hours that hold on it, or closed. A date that has some already is changed. */
export default function DateForm({ owner, edited, taken, onDone }: DateFormProps) {
  const [date, setDate] = useState(edited?.date ?? null);
  const [isClosed, setIsClosed] = useState(edited === null || edited.spans.length === 0);
  const [day, setDay] = useState<DayHours>(() => (edited?.spans.length ? asDraft(edited.spans) : usual()));
  const [isMissing, setIsMissing] = useState(false);
  const save = useSaveDate(owner);
  const problems = problemsOf(day);
  const told = fieldErrors(save.error, ["date", "opens", "closes"]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setIsMissing(date === null);
    if (date === null || (!isClosed && (problems.size > 0 || day.length === 0))) return;
    const replaced = taken.filter((other) => other.date === date || other.date === edited?.date);
    save.mutate(
      { date, spans: isClosed ? [] : day, replaced: replaced.flatMap(({ rows }) => rows) },
      {
        onSuccess: () => {
          notifyDone(hoursText.dates.saved(dateInFull(date)));
          onDone();
        },
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {save.error && !told.date && (
          <FormProblem heading={hoursText.dates.failed} error={save.error} waitSeconds={0} />
        )}
        <DatePickerInput
          label={hoursText.dates.date}
          placeholder={hoursText.dates.pickDate}
          value={date}
          valueFormat="ddd, D MMM YYYY"
          leftSection={<CalendarIcon aria-hidden size={16} />}
          error={(isMissing && hoursText.dates.required) || told.date}
          data-autofocus
          onChange={(chosen) => {
            setDate(chosen);
            setIsMissing(false);
          }}
        />
        <Kind isClosed={isClosed} onChange={setIsClosed} />
        {!isClosed && <DateHoursFields day={day} onChange={setDay} />}
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onDone}>
            {hoursText.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {hoursText.dates.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const usual = () => hoursToOpenWith([], 0);

function Kind({ isClosed, onChange }: { isClosed: boolean; onChange: (isClosed: boolean) => void }) {
  return (
    <Radio.Group
      label={hoursText.dates.kind}
      value={isClosed ? "closed" : "open"}
      onChange={(value) => {
        onChange(value === "closed");
      }}
    >
      <Group gap="lg" mt={6}>
        <Radio value="closed" label={hoursText.dates.kinds.closed} />
        <Radio value="open" label={hoursText.dates.kinds.open} />
      </Group>
    </Radio.Group>
  );
}
