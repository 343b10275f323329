import type { CSSProperties, ReactNode } from "react";

import classes from "./styles.module.css";

/** A name with the colour it has in the calendar. */
export function ColorName({ color = "var(--line-strong)", children }: { color?: string; children: ReactNode }) {
  return (
    <span className={classes.name} style={{ "--color": color } as CSSProperties}>
      {children}
    </span>
  );
}
