import { Switch, Text } from "@mantine/core";

import type { ExternalCalendar, Privacy } from "@/api/calendarSync";
import { calendarSync as syncText } from "@/text/calendarSync";

import type { Choices } from "../choosing";
import classes from "./CalendarChoices.module.css";
import { PrivacyChoice } from "./PrivacyChoice";

const words = syncText.calendars;

interface TargetSettingsProps {
  calendar: ExternalCalendar;
  onChoose: (choices: Choices) => void;
}

/** What entries show in the calendar they are written to, and what happens when somebody changes them there. */
export function TargetSettings({ calendar, onChoose }: TargetSettingsProps) {
  return (
    <div className={classes.settings}>
      <PrivacyChoice
        label={words.privacy}
        value={calendar.privacy ?? "full"}
        onChange={(privacy: Privacy) => onChoose({ privacy })}
      />
      <div className={classes.group} role="group" aria-label={words.edits}>
        <div>
          <Text fw={600}>{words.edits}</Text>
          <Text size="sm" c="dimmed">
            {words.editsLead}
          </Text>
        </div>
        <Switch
          label={words.move}
          aria-label={words.move}
          description={words.moveHint}
          checked={calendar.move_on_remote_move ?? false}
          onChange={(event) => onChoose({ move_on_remote_move: event.currentTarget.checked })}
        />
        <Switch
          label={words.cancel}
          aria-label={words.cancel}
          description={words.cancelHint}
          checked={calendar.cancel_on_remote_delete ?? false}
          onChange={(event) => onChoose({ cancel_on_remote_delete: event.currentTarget.checked })}
        />
      </div>
      <Switch
        label={words.invite}
        aria-label={words.invite}
        description={words.inviteHint}
        checked={calendar.invites_customers ?? false}
        onChange={(event) => onChoose({ invites_customers: event.currentTarget.checked })}
      />
    </div>
  );
}
