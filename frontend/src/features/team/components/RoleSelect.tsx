import { NativeSelect, Text } from "@mantine/core";

import type { Member, Role } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";

import { isLastOwner, rolesToGive } from "../rules";
import classes from "./Members.module.css";
import { nameOf } from "./Person";

interface RoleSelectProps {
  member: Member;
  members: readonly Member[];
  /** Whether the viewer may change it. */
  isOpen: boolean;
  isBusy: boolean;
  onChange: (role: Role) => void;
}

/** A member's role; a choice where the viewer may change it. */
export function RoleSelect({ member, members, isOpen, isBusy, onChange }: RoleSelectProps) {
  const { user } = useViewer();
  if (!isOpen) {
    return (
      <span className={classes.fixed}>
        {text.shell.roles[member.role]}
        {user.role === "owner" && isLastOwner(member, members) && (
          <Text component="span" size="sm" c="dimmed">
            {text.team.lastOwner}
          </Text>
        )}
      </span>
    );
  }
  const roles = rolesToGive(user.role);
  return (
    <NativeSelect
      className={classes.role}
      aria-label={text.team.roleOf(nameOf(member))}
      value={member.role}
      disabled={isBusy}
      data={roles.map((role) => ({ value: role, label: text.shell.roles[role] }))}
      onChange={(event) => {
        const role = roles.find((one) => one === event.currentTarget.value);
        if (role) onChange(role);
      }}
    />
  );
}
