import { UnstyledButton } from "@mantine/core";

import classes from "./Choice.module.css";

interface ChoiceProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onChoose: (value: Value) => void;
}

/** One of a few, side by side. Buttons and not radios: arrow keys turn the pages of the calendar. */
export function Choice<Value extends string>({ label, options, value, onChoose }: ChoiceProps<Value>) {
  return (
    <div role="group" aria-label={label} className={classes.choice}>
      {options.map((option) => (
        <UnstyledButton
          key={option.value}
          className={classes.option}
          aria-pressed={option.value === value}
          onClick={() => onChoose(option.value)}
        >
          {option.label}
        </UnstyledButton>
      ))}
    </div>
  );
}
