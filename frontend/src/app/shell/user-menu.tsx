import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import LogOutIcon from "lucide-react/icons/log-out";

import { useSignOut } from "@/api/session";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { notifyFailure } from "@/ui/notifyFailure";

import classes from "./shell.module.css";

/** Who is signed in, and the way out. */
export function UserMenu({ isCompact = false }: { isCompact?: boolean }) {
  const { user } = useViewer();
  const signOut = useSignOut();
  const name = user.name || user.email;
  const leave = () => {
    signOut.mutate(undefined, {
      onError: (error) => {
        notifyFailure(text.shell.signOutFailed, error.message);
      },
    });
  };
  return (
    <Menu position={isCompact ? "bottom-end" : "top-start"} width={232}>
      <Menu.Target>
        <UnstyledButton className={classes.user} data-compact={isCompact || undefined}>
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
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        <Menu.Item leftSection={<LogOutIcon aria-hidden size={16} />} disabled={signOut.isPending} onClick={leave}>
          {text.shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
