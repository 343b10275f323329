import type { Series } from "./bars";
import classes from "./Legend.module.css";

interface LegendProps {
  series: readonly Series[];
  /** What each amounts to in the whole chart. */
  amount: (key: string) => string;
}

/** What the colours mean, and how much of each there is. */
export function Legend({ series, amount }: LegendProps) {
  return (
    <ul className={classes.legend}>
      {series.map(({ key, label, color }) => (
        <li key={key} className={classes.entry}>
          <span className={classes.swatch} style={{ background: color }} />
          {label}
          <span className={classes.amount}>{amount(key)}</span>
        </li>
      ))}
    </ul>
  );
}
