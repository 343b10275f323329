import { Radio, Text } from "@mantine/core";

import classes from "./Choices.module.css";

interface Option {
  value: string;
  name: string;
  hint: string;
}

interface ChoicesProps {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
}

/** One of a few, each with a line about it. */
export function Choices({ label, value, options, onChange }: ChoicesProps) {
  return (
    <Radio.Group label={label} value={value} onChange={onChange} classNames={{ label: classes.label }}>
      <div className={classes.options}>
        {options.map((option) => (
          <Radio.Card key={option.value} value={option.value} className={classes.option} aria-label={option.name}>
            <Radio.Indicator className={classes.indicator} />
            <span>
              <Text component="span" fw={550} size="sm" className={classes.name}>
                {option.name}
              </Text>
              <Text component="span" size="xs" c="dimmed" className={classes.hint}>
                {option.hint}
              </Text>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
