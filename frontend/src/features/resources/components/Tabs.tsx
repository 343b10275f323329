import { NavLink } from "react-router";

import { paths } from "@/paths";
import { resources as resourcesText } from "@/text/resources";

import classes from "./Tabs.module.css";

/** The two places of this part: who can be booked, and when the business is open. */
export function Tabs() {
  return (
    <nav aria-label={resourcesText.tabs.label} className={classes.tabs}>
      <NavLink to={paths.resources} end className={classes.tab}>
        {resourcesText.tabs.all}
      </NavLink>
      <NavLink to={paths.openingHours} className={classes.tab}>
        {resourcesText.tabs.hours}
      </NavLink>
    </nav>
  );
}
