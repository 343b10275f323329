import { Skeleton, VisuallyHidden } from "@mantine/core";
import LockIcon from "lucide-react/icons/lock";
import { NavLink } from "react-router";

import type { NavEntry } from "@/api/shapes";
import { paths } from "@/paths";
import { CouldNotCheck } from "@/plan/CouldNotCheck";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { text } from "@/text";

import { screens } from "../screens";
import classes from "./shell.module.css";

type Entry = Pick<NavEntry, "path" | "label" | "locked">;

interface NavigationProps {
  onChoose?: () => void;
}

/** The way to the screens: the first one, then what the server lists and this build has. */
export function Navigation({ onChoose }: NavigationProps) {
  const { status, nav } = usePlanFeatures();
  return (
    <nav aria-label={text.shell.navigation} className={classes.navigation}>
      <Entries entries={[{ path: paths.today, label: text.shell.today, locked: false }]} onChoose={onChoose} />
      {status === "pending" && <Skeleton h={36} />}
      {status === "error" && (
        <div className={classes.unknown}>
          <CouldNotCheck />
        </div>
      )}
      {sectionsOf(nav).map(([section, entries]) => (
        <div key={section}>
          {text.shell.sections[section] && <h2 className={classes.section}>{text.shell.sections[section]}</h2>}
          <Entries entries={entries} onChoose={onChoose} />
        </div>
      ))}
    </nav>
  );
}

function Entries({ entries, onChoose }: NavigationProps & { entries: readonly Entry[] }) {
  return (
    <ul className={classes.entries}>
      {entries.map(({ path, label, locked }) => {
        const Icon = screens.find((screen) => screen.path === path)?.icon;
        return (
          <li key={path}>
            <NavLink to={path} end={path === paths.today} className={classes.entry} onClick={onChoose}>
              {Icon && <Icon aria-hidden size={18} />}
              <span className={classes.label}>{label}</span>
              {locked && <LockIcon aria-hidden size={14} />}
              {locked && <VisuallyHidden>({text.shell.locked})</VisuallyHidden>}
            </NavLink>
          </li>
        );
      })}
    </ul>
  );
}

/** Returns the entries that have a screen, by section, in the server's order. */
function sectionsOf(nav: readonly NavEntry[]): [string, NavEntry[]][] {
  const shown = nav.filter(({ path }) => path !== paths.today && screens.some((screen) => screen.path === path));
  const sections = new Set(shown.map(({ section }) => section));
  return [...sections].map((section) => [section, shown.filter((entry) => entry.section === section)]);
}
