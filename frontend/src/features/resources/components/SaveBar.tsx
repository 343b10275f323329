import { Button } from "@mantine/core";

import { text } from "@/text";

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
        {problem ?? text.hours.week.unsaved}
      </span>
      <Button variant="default" onClick={onDiscard} disabled={isSaving}>
        {text.hours.week.discard}
      </Button>
      <Button onClick={onSave} loading={isSaving} disabled={problem !== null}>
        {text.hours.week.save}
      </Button>
    </div>
  );
}
