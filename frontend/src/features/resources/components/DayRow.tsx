import { ActionIcon, Button, Switch, Tooltip } from "@mantine/core";
import PlusIcon from "lucide-react/icons/plus";
import XIcon from "lucide-react/icons/x";

import { hours as hoursText } from "@/text/hours";
import { TimeRange } from "@/ui/TimeRange";

import { crossesMidnight, type DayHours, type Hours, type Problem, problemsOf, withHoursAdded } from "../week";
import { CopyMenu } from "./CopyMenu";
import classes from "./Week.module.css";

interface DayRowProps {
  weekday: number;
  day: DayHours;
  onChange: (day: DayHours) => void;
  onOpen: () => void;
  onSplit: (key: number) => void;
  onCopy: (to: readonly number[]) => void;
}

/** A weekday with its hours: open or closed, several intervals, copied to other days. */
export function DayRow({ weekday, day, onChange, onOpen, onSplit, onCopy }: DayRowProps) {
  const name = hoursText.weekdays[weekday] ?? "";
  const problems = problemsOf(day);
  const added = withHoursAdded(day);
  const isOpen = day.length > 0;
  return (
    <li className={classes.day}>
      <div className={classes.name}>
        <Switch
          checked={isOpen}
          label={name}
          aria-label={hoursText.week.open(name)}
          onChange={() => {
            if (isOpen) onChange([]);
            else onOpen();
          }}
        />
      </div>
      <div className={classes.hoursCell}>
        {isOpen ? (
          <div className={classes.intervals}>
            {day.map((hours, position) => (
              <IntervalRow
                key={hours.key}
                name={name}
                position={position}
                hours={hours}
                problem={problems.get(hours.key)}
                onChange={(changed) => {
                  onChange(day.map((other) => (other.key === changed.key ? changed : other)));
                }}
                onRemove={() => {
                  onChange(day.filter(({ key }) => key !== hours.key));
                }}
                onSplit={() => {
                  onSplit(hours.key);
                }}
              />
            ))}
          </div>
        ) : (
          <span className={classes.closed}>{hoursText.week.closed}</span>
        )}
      </div>
      <div className={classes.acts}>
        <AddButton
          label={hoursText.week.add(name)}
          onAdd={isOpen ? added && (() => onChange(added)) : onOpen}
        />
        <CopyMenu weekday={weekday} onCopy={onCopy} />
      </div>
    </li>
  );
}

interface AddButtonProps {
  label: string;
  /** Null where there is no room for more. */
  onAdd: (() => void) | null;
}

function AddButton({ label, onAdd }: AddButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={label}
        disabled={onAdd === null}
        onClick={() => {
          onAdd?.();
        }}
      >
        <PlusIcon aria-hidden size={18} />
      </ActionIcon>
    </Tooltip>
  );
}

interface IntervalRowProps {
  name: string;
  position: number;
  hours: Hours;
  problem: Problem | undefined;
  onChange: (hours: Hours) => void;
  onRemove: () => void;
  onSplit: () => void;
}

function IntervalRow({ name, position, hours, problem, onChange, onRemove, onSplit }: IntervalRowProps) {
  const words = problem && hoursText.week.problems[problem];
  return (
    <div>
      <div className={classes.interval}>
        <TimeRange
          labels={{ opens: hoursText.week.opens(name, position), closes: hoursText.week.closes(name, position) }}
          value={hours}
          problem={words}
          onChange={(span) => {
            onChange({ ...hours, ...span });
          }}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={hoursText.week.remove(name, position)}
          onClick={onRemove}
        >
          <XIcon aria-hidden size={16} />
        </ActionIcon>
      </div>
      {problem && (
        <div className={classes.problem}>
          <span aria-hidden>{words}</span>
          {crossesMidnight(hours) && (
            <Button variant="subtle" size="compact-sm" onClick={onSplit}>
              {hoursText.week.split}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
