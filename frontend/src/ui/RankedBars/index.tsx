import classes from "./styles.module.css";

export interface Ranked {
  key: string | number;
  name: string;
  value: number;
  /** The accent without one. */
  color?: string;
}

interface RankedBarsProps {
  label: string;
  /** The largest first. */
  items: readonly Ranked[];
  shown: (value: number) => string;
}

/** Values by name, each with a bar as long as it is large beside the first. */
export function RankedBars({ label, items, shown }: RankedBarsProps) {
  const most = Math.max(...items.map(({ value }) => value), 1);
  return (
    <ol className={classes.bars} aria-label={label}>
      {items.map(({ key, name, value, color }) => (
        <li key={key} className={classes.item}>
          <span className={classes.name} title={name}>
            {name}
          </span>
          <span className={classes.value}>{shown(value)}</span>
          <span className={classes.track} aria-hidden>
            <span
              className={classes.bar}
              style={{ width: `${(100 * Math.max(0, value)) / most}%`, background: color }}
            />
          </span>
        </li>
      ))}
    </ol>
  );
}
