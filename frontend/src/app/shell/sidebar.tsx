import { ActionIcon, Group, Tooltip, UnstyledButton } from "@mantine/core";
import PlusIcon from "lucide-react/icons/plus";
import SearchIcon from "lucide-react/icons/search";

import { useBookingDesk } from "@/booking/desk";
import { text } from "@/text";
import { ShortcutKeys } from "@/ui/shortcuts/ShortcutKeys";

import { BusinessName } from "./business-name";
import { ColorSchemeToggle } from "./color-scheme-toggle";
import { Navigation } from "./navigation";
import classes from "./shell.module.css";
import { UserMenu } from "./user-menu";

interface SidebarProps {
  onSearch: () => void;
  onHelp: () => void;
}

/** What stands beside every screen on wide windows. */
export function Sidebar({ onSearch, onHelp }: SidebarProps) {
  const desk = useBookingDesk();
  return (
    <aside className={classes.sidebar}>
      <BusinessName />
      <div className={classes.tools}>
        <UnstyledButton className={classes.search} onClick={onSearch} aria-haspopup="dialog">
          <SearchIcon aria-hidden size={16} />
          <span className={classes.label}>{text.palette.open}</span>
          <ShortcutKeys shortcut="mod+k" />
        </UnstyledButton>
        <Tooltip
          position="right"
          label={
            <Group gap={8}>
              {text.palette.book} <ShortcutKeys shortcut="n" />
            </Group>
          }
        >
          <ActionIcon
            size={34}
            aria-label={text.palette.book}
            onClick={() => {
              desk.book();
            }}
          >
            <PlusIcon aria-hidden size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
      <Navigation />
      <div className={classes.foot}>
        <UserMenu onHelp={onHelp} />
        <ColorSchemeToggle />
      </div>
    </aside>
  );
}
