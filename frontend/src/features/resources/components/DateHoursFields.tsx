import { ActionIcon, Button, Text } from "@mantine/core";
import PlusIcon from "lucide-react/icons/plus";
import XIcon from "lucide-react/icons/x";

import { hours as hoursText } from "@/text/hours";
import { TimeRange } from "@/ui/TimeRange";

import { type DayHours, problemsOf, withHoursAdded } from "../week";
import classes from "./Week.module.css";

/** The hours of one date. */
export function DateHoursFields({ day, onChange }: { day: DayHours; onChange: (day: DayHours) => void }) {
  const problems = problemsOf(day);
  const added = withHoursAdded(day);
  return (
    <div className={classes.intervals}>
      {day.map((hours, position) => {
        const problem = problems.get(hours.key);
        return (
          <div key={hours.key}>
            <div className={classes.interval}>
              <TimeRange
                labels={{ opens: hoursText.dates.opens(position), closes: hoursText.dates.closes(position) }}
                value={hours}
                problem={problem && hoursText.week.problems[problem]}
                onChange={(span) => {
                  onChange(day.map((other) => (other.key === hours.key ? { ...hours, ...span } : other)));
                }}
              />
              {day.length > 1 && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={36}
                  aria-label={hoursText.dates.removeInterval(position)}
                  onClick={() => {
                    onChange(day.filter(({ key }) => key !== hours.key));
                  }}
                >
                  <XIcon aria-hidden size={16} />
                </ActionIcon>
              )}
            </div>
            {problem && (
              <Text size="sm" c="var(--red-ink)" aria-hidden>
                {hoursText.week.problems[problem]}
              </Text>
            )}
          </div>
        );
      })}
      <Button
        variant="subtle"
        size="compact-md"
        w="fit-content"
        leftSection={<PlusIcon aria-hidden size={16} />}
        disabled={added === null}
        onClick={() => {
          if (added !== null) onChange(added);
        }}
      >
        {hoursText.dates.addInterval}
      </Button>
    </div>
  );
}
