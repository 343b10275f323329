import { Skeleton, Tooltip, VisuallyHidden } from "@mantine/core";
import LockIcon from "lucide-react/icons/lock";
import { NavLink } from "react-router";

import { paths } from "@/paths";
import { CouldNotCheck } from "@/plan/CouldNotCheck";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { text } from "@/text";

import { type Destination, useDestinations } from "../destinations";
import classes from "./shell.module.css";

interface NavigationProps {
  onChoose?: () => void;
}

const EXPECTED = 5;

/** The way to the screens: the first one, then what the server lists and this build has. */
export function Navigation({ onChoose }: NavigationProps) {
  const { status } = usePlanFeatures();
  return (
    <nav aria-label={text.shell.navigation} className={classes.navigation}>
      {sectionsOf(useDestinations()).map(([section, destinations]) => (
        <div key={section}>
          {text.shell.sections[section] && <h2 className={classes.section}>{text.shell.sections[section]}</h2>}
          <ul className={classes.entries}>
            {destinations.map((destination) => (
              <Entry key={destination.path} destination={destination} onChoose={onChoose} />
            ))}
          </ul>
        </div>
      ))}
      {status === "pending" && <NavigationSkeleton />}
      {status === "error" && (
        <div className={classes.unknown}>
          <CouldNotCheck />
        </div>
      )}
    </nav>
  );
}

function Entry({ destination, onChoose }: NavigationProps & { destination: Destination }) {
  const { path, label, isLocked, Icon } = destination;
  return (
    <li>
      <NavLink to={path} end={path === paths.today} className={classes.entry} onClick={onChoose}>
        <Icon aria-hidden size={17} />
        <span className={classes.label}>{label}</span>
        {isLocked && (
          <Tooltip label={text.shell.locked} position="right">
            <span className={classes.lock}>
              <LockIcon aria-hidden size={13} />
            </span>
          </Tooltip>
        )}
        {isLocked && <VisuallyHidden>({text.shell.locked})</VisuallyHidden>}
      </NavLink>
    </li>
  );
}

function NavigationSkeleton() {
  return (
    <div className={classes.entries} aria-hidden>
      {Array.from({ length: EXPECTED }, (_, position) => (
        <Skeleton key={position} h={20} my={8} mx={10} w={`${[58, 72, 50, 64, 46][position] ?? 60}%`} />
      ))}
    </div>
  );
}

/** Returns the destinations by section, in the server's order. */
function sectionsOf(destinations: readonly Destination[]): [string, Destination[]][] {
  const sections = new Set(destinations.map(({ section }) => section));
  return [...sections].map((section) => [section, destinations.filter((one) => one.section === section)]);
}
