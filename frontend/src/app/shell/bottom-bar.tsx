import { UnstyledButton } from "@mantine/core";
import MenuIcon from "lucide-react/icons/menu";
import PlusIcon from "lucide-react/icons/plus";
import { NavLink } from "react-router";

import { useBookingDesk } from "@/booking/desk";
import { paths } from "@/paths";
import { text } from "@/text";

import { type Destination, useDestinations } from "../destinations";
import classes from "./bottom-bar.module.css";

interface BottomBarProps {
  isMenuOpen: boolean;
  onMenu: () => void;
}

/** What the front desk needs most, below the thumb; only on narrow windows. */
export function BottomBar({ isMenuOpen, onMenu }: BottomBarProps) {
  const desk = useBookingDesk();
  const destinations = useDestinations();
  const wayTo = (path: string) =>
    destinations.filter((one) => one.path === path).map((one) => <Way key={one.path} destination={one} />);
  return (
    <nav className={classes.bar} aria-label={text.shell.quickNavigation}>
      <ul className={classes.places}>
        {wayTo(paths.today)}
        {wayTo(paths.calendar)}
        <li>
          <UnstyledButton
            className={classes.place}
            aria-label={text.palette.book}
            onClick={() => {
              desk.book();
            }}
          >
            <span className={classes.plus}>
              <PlusIcon aria-hidden size={22} />
            </span>
          </UnstyledButton>
        </li>
        {wayTo(paths.customers)}
        <li>
          <UnstyledButton
            className={classes.place}
            aria-haspopup="dialog"
            aria-expanded={isMenuOpen}
            onClick={onMenu}
          >
            <MenuIcon aria-hidden size={20} />
            {text.shell.more}
          </UnstyledButton>
        </li>
      </ul>
    </nav>
  );
}

function Way({ destination: { path, label, Icon } }: { destination: Destination }) {
  return (
    <li>
      <NavLink to={path} end={path === paths.today} className={classes.place}>
        <Icon aria-hidden size={20} />
        {label}
      </NavLink>
    </li>
  );
}
