import { Radio } from "@mantine/core";

import type { Privacy } from "@/api/calendarSync";
import { calendarSync as syncText } from "@/text/calendarSync";

import classes from "./CalendarChoices.module.css";

const { privacies, privacyHints, example } = syncText.calendars;
const LEVELS = ["full", "initials", "busy"] as const satisfies readonly Privacy[];

interface PrivacyChoiceProps {
  label: string;
  value: Privacy;
  onChange: (privacy: Privacy) => void;
}

/** How much of an appointment others see, with what its title becomes. */
export function PrivacyChoice({ label, value, onChange }: PrivacyChoiceProps) {
  return (
    <Radio.Group label={label} value={value} onChange={onChange}>
      <div className={classes.choices}>
        {LEVELS.map((level) => (
          <Radio
            key={level}
            value={level}
            label={privacies[level].label}
            description={
              <>
                <span className={classes.example}>{example(privacies[level].example)}</span> {privacyHints[level]}
              </>
            }
          />
        ))}
      </div>
    </Radio.Group>
  );
}
