import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import CircleUserIcon from "lucide-react/icons/circle-user-round";
import KeyboardIcon from "lucide-react/icons/keyboard";
import LogOutIcon from "lucide-react/icons/log-out";
import RowsIcon from "lucide-react/icons/rows-3";
import { Link } from "react-router";

import { useViewer } from "@/api/viewer";
import { paths } from "@/paths";
import { text } from "@/text";
import { useDensity } from "@/ui/density";
import { ShortcutKeys } from "@/ui/shortcuts/ShortcutKeys";

import { useLeave } from "../use-leave";
import classes from "./shell.module.css";

interface UserMenuProps {
  isCompact?: boolean;
  onHelp: () => void;
}

/** Who is signed in, what is theirs alone, and the way out. */
export function UserMenu({ isCompact = false, onHelp }: UserMenuProps) {
  const { user } = useViewer();
  const [density, setDensity] = useDensity();
  const leave = useLeave();
  const isDense = density === "compact";
  return (
    <Menu position={isCompact ? "bottom-end" : "top-start"} width={248}>
      <Menu.Target>
        <UnstyledButton className={classes.user} data-compact={isCompact || undefined}>
          <Who isCompact={isCompact} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={classes.email}>{user.email}</Menu.Label>
        <Menu.Item leftSection={<CircleUserIcon aria-hidden size={16} />} component={Link} to={paths.profile}>
          {text.palette.profile}
        </Menu.Item>
        <Menu.Item
          leftSection={<RowsIcon aria-hidden size={16} />}
          onClick={() => setDensity(isDense ? "comfortable" : "compact")}
        >
          {isDense ? text.palette.toComfortable : text.palette.toCompact}
        </Menu.Item>
        <Menu.Item
          leftSection={<KeyboardIcon aria-hidden size={16} />}
          rightSection={<ShortcutKeys shortcut="?" />}
          onClick={onHelp}
        >
          {text.shortcuts.heading}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<LogOutIcon aria-hidden size={16} />} disabled={leave.isPending} onClick={leave.run}>
          {text.shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Who({ isCompact }: { isCompact: boolean }) {
  const { user } = useViewer();
  const name = user.name || user.email;
  return (
    <>
      <Avatar name={name} color="accent" size={32} aria-hidden />
      <VisuallyHidden>{text.shell.account}</VisuallyHidden>
      {isCompact ? (
        <VisuallyHidden>{name}</VisuallyHidden>
      ) : (
        <span className={classes.userText}>
          <Text component="span" size="sm" fw={550} truncate>
            {name}
          </Text>
          <Text component="span" size="xs" c="dimmed">
            {text.shell.roles[user.role]}
          </Text>
        </span>
      )}
    </>
  );
}
