import { Button } from "@mantine/core";

import { hours as hoursText } from "@/text/hours";

import classes from "./Week.module.css";

interface SaveBarProps {
  /** Why it cannot be saved yet. */
  problem: string | null;
  isSaving: boolean;
  onDiscard: () => void;
  onSave: () => void;
}

/** Appears with the first change: what is not saved yet, and what can be done about it. */
export function SaveBar({ problem, isSaving, onDiscard, onSave }: SaveBarProps) {
  return (
    <div className={classes.bar}>
      <span className={classes.unsaved} role="status">
        {problem ?? hoursText.week.unsaved}
      </span>
      <Button variant="default" onClick={onDiscard} disabled={isSaving}>
        {hoursText.week.discard}
      </Button>
      <Button onClick={onSave} loading={isSaving} disabled={problem !== null}>
        {hoursText.week.save}
      </Button>
    </div>
  );
}
