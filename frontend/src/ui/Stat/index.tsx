import { Text } from "@mantine/core";

import classes from "./styles.module.css";

interface StatProps {
  label: string;
  value: string;
  /** What the figure counts. */
  hint: string;
}

/** One figure with its definition. */
export function Stat({ label, value, hint }: StatProps) {
  return (
    <div className={classes.stat}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>
        {value}
        <Text component="span" size="sm" className={classes.hint}>
          {hint}
        </Text>
      </dd>
    </div>
  );
}
