import { Badge, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { Member } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { mediumDate } from "@/time/format";
import { type Column, DataTable } from "@/ui/DataTable";
import { ErrorState } from "@/ui/ErrorState";

import { membersQuery } from "../queries";
import { reachOf } from "../rules";
import { MemberAct } from "./MemberAct";
import classes from "./Members.module.css";
import { Person } from "./Person";
import { RoleSelect } from "./RoleSelect";
import { useMemberChange } from "./useMemberChange";

/** Everybody who can sign in, and after them who could once. */
export function Members() {
  const { data: members, error, refetch } = useQuery(membersQuery);
  const { change, isBusy, question } = useMemberChange();
  const columns = useColumns(members ?? [], change, isBusy);
  if (!members && error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const activeFirst = members && [...members].sort((a, b) => Number(b.is_active) - Number(a.is_active));
  return (
    <Stack gap={0}>
      <DataTable caption={text.team.members} columns={columns} rows={activeFirst} rowKey={({ id }) => id} />
      {question}
    </Stack>
  );
}

type Change = ReturnType<typeof useMemberChange>["change"];

function useColumns(members: readonly Member[], change: Change, isBusy: boolean): Column<Member>[] {
  const { business, user } = useViewer();
  const { columns } = text.team;
  const reach = (member: Member) => reachOf(user, member, members);
  return [
    {
      key: "person",
      heading: columns.person,
      isTitle: true,
      cell: (member) => <Person member={member} isYou={member.user === user.id} />,
    },
    {
      key: "role",
      heading: columns.role,
      cell: (member) => (
        <RoleSelect
          member={member}
          members={members}
          isOpen={reach(member).role}
          isBusy={isBusy}
          onChange={(role) => change(member, { role })}
        />
      ),
    },
    { key: "state", heading: columns.state, cell: (member) => <State isActive={member.is_active ?? true} /> },
    {
      key: "since",
      heading: columns.since,
      isWide: true,
      cell: ({ created_at: joinedAt }) => mediumDate(new Date(joinedAt), business.timezone),
    },
    {
      key: "act",
      heading: "",
      align: "end",
      cell: (member) => (
        <MemberAct member={member} reach={reach(member)} isBusy={isBusy} onChange={(wanted) => change(member, wanted)} />
      ),
    },
  ];
}

function State({ isActive }: { isActive: boolean }) {
  return (
    <Badge className={classes.state} data-active={isActive || undefined}>
      {isActive ? text.team.active : text.team.former}
    </Badge>
  );
}
