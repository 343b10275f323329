import ArrowLeftIcon from "lucide-react/icons/arrow-left";
import { Link } from "react-router";

import classes from "./styles.module.css";

/** The way from one thing back to all of its kind. */
export function BackLink({ to, children }: { to: string; children: string }) {
  return (
    <Link to={to} className={classes.back}>
      <ArrowLeftIcon aria-hidden size={16} />
      {children}
    </Link>
  );
}
