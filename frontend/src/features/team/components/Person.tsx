import { Avatar, Text } from "@mantine/core";

import type { Member } from "@/api/shapes";
import { text } from "@/text";

import classes from "./Members.module.css";

interface PersonProps {
  member: Member;
  isYou: boolean;
}

/** What a person is called: those who never gave a name by their address. */
export const nameOf = ({ name, email }: Member) => name || email;

/** A member by name and address. */
export function Person({ member, isYou }: PersonProps) {
  return (
    <span className={classes.person}>
      <Avatar name={nameOf(member)} color={member.is_active ? "accent" : "gray"} size={36} aria-hidden />
      <span className={classes.words}>
        <span className={classes.name}>
          {nameOf(member)}
          {isYou && <span className={classes.you}>{text.team.you}</span>}
        </span>
        {member.name && (
          <Text component="span" size="sm" c="dimmed" className={classes.email}>
            {member.email}
          </Text>
        )}
      </span>
    </span>
  );
}
