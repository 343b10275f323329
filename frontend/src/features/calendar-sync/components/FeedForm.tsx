import { Button, Group, NumberInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";

import type { NewFeed, Privacy } from "@/api/calendarSync";
import type { Resource } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { calendarSync as syncText } from "@/text/calendarSync";
import { FormProblem } from "@/ui/FormProblem";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";

import { useMakeFeed } from "../feed-queries";
import { firstWhose, resourceIdOf } from "../whose";
import classes from "./Feeds.module.css";
import { PrivacyChoice } from "./PrivacyChoice";
import { WhoseField } from "./WhoseField";

const words = syncText.feeds.form;
const FIELDS = ["resource", "privacy", "past_days", "future_days"] as const;
const MOST_PAST = 366;
const MOST_FUTURE = 731;

interface FeedFormProps {
  resources: readonly Resource[];
  onCancel: () => void;
  onMade: (feed: NewFeed) => void;
}

/** Whose appointments a subscription has, how much of them it shows, and of which days. */
export function FeedForm({ resources, onCancel, onMade }: FeedFormProps) {
  const { user } = useViewer();
  const make = useMakeFeed();
  const form = useForm({
    initialValues: {
      resource: firstWhose(resources, user),
      privacy: "initials" as Privacy,
      past_days: 30 as number | string,
      future_days: 180 as number | string,
    },
    validate: {
      resource: (value) => (value === "" ? syncText.connecting.whoseRequired : null),
      past_days: (value) => (isWithin(value, 0, MOST_PAST) ? null : words.daysRange(MOST_PAST)),
      future_days: (value) => (isWithin(value, 1, MOST_FUTURE) ? null : words.futureRange(MOST_FUTURE)),
    },
  });
  const send = form.onSubmit(({ resource, privacy, past_days: past, future_days: future }) => {
    make.mutate(
      { resource: resourceIdOf(resource), privacy, past_days: Number(past), future_days: Number(future) },
      { onSuccess: onMade, onError: (error) => form.setErrors(fieldErrors(error, FIELDS)) },
    );
  });
  const isAboutFields = Object.keys(fieldErrors(make.error, FIELDS)).length > 0;
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {make.error && !isAboutFields && <FormProblem heading={words.failed} error={make.error} waitSeconds={0} />}
        <WhoseField resources={resources} {...form.getInputProps("resource")} label={words.whose} data-autofocus />
        <PrivacyChoice
          label={words.privacy}
          value={form.values.privacy}
          onChange={(privacy) => form.setFieldValue("privacy", privacy)}
        />
        <div className={classes.days}>
          <NumberInput {...form.getInputProps("past_days")} label={words.past} min={0} max={MOST_PAST} allowDecimal={false} hideControls />
          <NumberInput {...form.getInputProps("future_days")} label={words.future} min={1} max={MOST_FUTURE} allowDecimal={false} hideControls />
        </div>
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onCancel}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {words.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function isWithin(value: number | string, least: number, most: number): boolean {
  return typeof value === "number" && value >= least && value <= most;
}
