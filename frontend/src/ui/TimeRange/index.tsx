import type { Minute } from "@/time/wallClock";

import { TimeField } from "../TimeField";
import classes from "./styles.module.css";

export interface Span {
  opens: Minute | null;
  closes: Minute | null;
}

interface TimeRangeProps {
  labels: { opens: string; closes: string };
  value: Span;
  onChange: (span: Span) => void;
  /** What is wrong, for those who cannot see it written below. */
  problem?: string | undefined;
}

/** From when to when on one day. */
export function TimeRange({ labels, value, onChange, problem }: TimeRangeProps) {
  return (
    <div className={classes.range}>
      <TimeField
        label={labels.opens}
        value={value.opens}
        problem={problem}
        onChange={(opens) => {
          onChange({ ...value, opens });
        }}
      />
      <span aria-hidden className={classes.dash}>
        –
      </span>
      <TimeField
        label={labels.closes}
        value={value.closes}
        isEnd
        after={value.opens}
        problem={problem}
        onChange={(closes) => {
          onChange({ ...value, closes });
        }}
      />
    </div>
  );
}
