import type { ReactNode } from "react";

import classes from "./ChoiceGrid.module.css";

interface ChoiceProps {
  /** The choices of one name exclude each other; arrow keys go from one to the next. */
  name: string;
  isChosen: boolean;
  onChoose: () => void;
  children: ReactNode;
  /** What is said of it in place of what is seen. */
  label?: string;
  isDim?: boolean;
  className?: string | undefined;
}

/** One of several choices, as a tile. */
export function Choice({ name, isChosen, onChoose, children, label, isDim, className }: ChoiceProps) {
  return (
    <label className={[classes.choice, className].join(" ")} data-dim={isDim ? true : undefined}>
      <input
        className={classes.radio}
        type="radio"
        name={name}
        checked={isChosen}
        aria-label={label}
        onChange={onChoose}
      />
      {children}
    </label>
  );
}
