import { ActionIcon } from "@mantine/core";
import SearchIcon from "lucide-react/icons/search";

import { text } from "@/text";

import { BusinessName } from "./business-name";
import classes from "./shell.module.css";
import { UserMenu } from "./user-menu";

interface TopBarProps {
  onSearch: () => void;
  onHelp: () => void;
}

/** What stands above every screen on narrow windows. */
export function TopBar({ onSearch, onHelp }: TopBarProps) {
  return (
    <header className={classes.bar}>
      <BusinessName />
      <span className={classes.barTools}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={44}
          aria-label={text.palette.open}
          aria-haspopup="dialog"
          onClick={onSearch}
        >
          <SearchIcon aria-hidden size={20} />
        </ActionIcon>
        <UserMenu isCompact onHelp={onHelp} />
      </span>
    </header>
  );
}
