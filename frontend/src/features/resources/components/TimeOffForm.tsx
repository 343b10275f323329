import "@mantine/dates/styles.layer.css";

import { Button, Group, Stack, Switch, Text, TextInput } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import CalendarIcon from "lucide-react/icons/calendar";

import type { TimeOff } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { appointmentsPage } from "@/booking/queries";
import { hours as hoursText } from "@/text/hours";
import { instantOf } from "@/time/localTime";
import { FormProblem } from "@/ui/FormProblem";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { notifyDone } from "@/ui/notifyDone";
import { TimeField } from "@/ui/TimeField";

import { type Owner, useSaveTimeOff } from "../hours-queries";
import { problemsWith, rangeOf, type Values, valuesOf } from "../timeOffForm";
import classes from "./TimeOffForm.module.css";

interface TimeOffFormProps {
  owner: Owner;
  /** Null to add one. */
  edited: TimeOff | null;
  onDone: () => void;
}

/** From when to when somebody is away, and why. */
export default function TimeOffForm({ owner, edited, onDone }: TimeOffFormProps) {
  const save = useSaveTimeOff(owner);
  const form = useForm({ initialValues: valuesOf(edited), validate: problemsWith });
  const range = rangeOf(form.values);
  const told = fieldErrors(save.error, ["start_at", "end_at", "reason"]);
  const submit = form.onSubmit((values) => {
    const wanted = rangeOf(values);
    if (wanted === null) return;
    save.mutate(
      { ...wanted, reason: values.reason.trim(), ...(edited && { id: edited.id }) },
      {
        onSuccess: () => {
          notifyDone(hoursText.timeOff.saved);
          onDone();
        },
      },
    );
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {save.error && Object.keys(told).length === 0 && (
          <FormProblem heading={hoursText.timeOff.failed} error={save.error} waitSeconds={0} />
        )}
        <Switch
          label={hoursText.timeOff.allDay}
          {...form.getInputProps("isWholeDays", { type: "checkbox" })}
        />
        <Moment form={form} which="start" told={told.start_at} />
        <Moment form={form} which="end" told={told.end_at} />
        <TextInput
          label={hoursText.timeOff.reason}
          description={hoursText.timeOff.reasonHint}
          placeholder={hoursText.timeOff.reasonPlaceholder}
          maxLength={200}
          {...form.getInputProps("reason")}
          {...(told.reason && { error: told.reason })}
        />
        {range && <Inside owner={owner} range={range} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {hoursText.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {hoursText.timeOff.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface MomentProps {
  form: UseFormReturnType<Values, Values, typeof problemsWith>;
  which: "start" | "end";
  /** What the server says about it. */
  told: string | undefined;
}

function Moment({ form, which, told }: MomentProps) {
  const { isWholeDays, first, opens } = form.values;
  const words = hoursText.timeOff;
  const isEnd = which === "end";
  const field = isEnd ? "last" : "first";
  const time = isEnd ? "closes" : "opens";
  return (
    <div className={classes.moment}>
      <DatePickerInput
        value={form.values[field]}
        label={isEnd ? (isWholeDays ? words.to : words.toDate) : words.from}
        placeholder={hoursText.dates.pickDate}
        valueFormat="ddd, D MMM YYYY"
        leftSection={<CalendarIcon aria-hidden size={16} />}
        error={form.errors[field] ?? told}
        {...(isEnd && first && { minDate: first, defaultDate: first })}
        onChange={(chosen) => {
          form.setFieldValue(field, chosen);
          const { last } = form.values;
          if (!isEnd && chosen && (last === null || last < chosen)) form.setFieldValue("last", chosen);
        }}
      />
      {!isWholeDays && (
        <div>
          <TimeField
            hasVisibleLabel
            label={isEnd ? words.toTime : words.fromTime}
            value={form.values[time]}
            isEnd={isEnd}
            after={isEnd && form.values.last === first ? opens : null}
            problem={form.errors[time] as string | undefined}
            onChange={(minute) => {
              form.setFieldValue(time, minute);
            }}
          />
          {form.errors[time] && (
            <Text size="xs" c="var(--red-ink)" mt={4} aria-hidden>
              {form.errors[time]}
            </Text>
          )}
        </div>
      )}
    </div>
  );
}

/** How many appointments lie in the time: nobody moves them. */
function Inside({ owner, range }: { owner: Owner; range: { start_at: string; end_at: string } }) {
  const { timezone } = useViewer().business;
  const { data } = useQuery(
    appointmentsPage({
      page: 1,
      page_size: 1,
      status: ["pending", "confirmed"],
      start_after: instantOf(range.start_at, timezone).toISOString(),
      start_before: instantOf(range.end_at, timezone).toISOString(),
      ...(owner !== null && { resource_id: owner }),
    }),
  );
  if (!data || data.count === 0) return null;
  return (
    <p role="status" className={classes.inside}>
      {hoursText.timeOff.inside(data.count)}
    </p>
  );
}
