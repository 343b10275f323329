import { Kbd } from "@mantine/core";

import { keyCaps } from "./keys";
import classes from "./styles.module.css";

/** The keys of a shortcut as they are printed. What it does is said beside it, so this is for the eyes alone. */
export function ShortcutKeys({ shortcut }: { shortcut: string }) {
  return (
    <span aria-hidden className={classes.keys}>
      {keyCaps(shortcut)
        .flat()
        .map((cap, position) => (
          <Kbd key={position}>{cap}</Kbd>
        ))}
    </span>
  );
}
