import { useViewer } from "@/api/viewer";
import { Initial } from "@/ui/Brand/Initial";

import classes from "./shell.module.css";

/** Whose dashboard this is: its first letter on its colour, and its name. */
export function BusinessName() {
  const { name } = useViewer().business;
  return (
    <span className={classes.business}>
      <Initial name={name} />
      <span className={classes.businessName}>{name}</span>
    </span>
  );
}
