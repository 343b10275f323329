import classes from "./styles.module.css";

interface StateTagProps {
  isOn: boolean;
  children: string;
}

/** Whether something is in use, in words and colour. */
export function StateTag({ isOn, children }: StateTagProps) {
  return (
    <span className={classes.tag} data-on={isOn || undefined}>
      {children}
    </span>
  );
}
