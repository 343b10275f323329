import { NavLink } from "react-router";

import { paths } from "@/paths";
import { text } from "@/text";

import classes from "./Tabs.module.css";

/** The two places of this part: who can be booked, and when the business is open. */
export function Tabs() {
  return (
    <nav aria-label={text.resources.tabs.label} className={classes.tabs}>
      <NavLink to={paths.resources} end className={classes.tab}>
        {text.resources.tabs.all}
      </NavLink>
      <NavLink to={paths.openingHours} className={classes.tab}>
        {text.resources.tabs.hours}
      </NavLink>
    </nav>
  );
}
