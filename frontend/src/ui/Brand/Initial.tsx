import classes from "./styles.module.css";

/** A business's first letter on its colour, in place of a mark of its own. */
export function Initial({ name, size = 28 }: { name: string; size?: number }) {
  return (
    <span aria-hidden className={classes.initial} style={{ width: size, height: size, fontSize: size / 2 }}>
      {name.charAt(0).toUpperCase()}
    </span>
  );
}
