import { Badge, Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { Invitation } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { mediumDate } from "@/time/format";
import { useNow } from "@/time/useNow";
import { type Column, DataTable } from "@/ui/DataTable";
import { ErrorState } from "@/ui/ErrorState";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";
import { Panel } from "@/ui/Panel";

import { invitationsQuery, useInvite, useWithdraw } from "../queries";
import { mayReach } from "../rules";
import classes from "./Members.module.css";

const MINUTE_MS = 60_000;

/** Who was invited and has not joined yet. */
export function Invitations() {
  const { data: invitations, error, refetch } = useQuery(invitationsQuery);
  const columns = useColumns();
  if (!invitations && error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <Panel heading={text.team.invitations}>
      {invitations?.length === 0 ? (
        <Text c="dimmed">{text.team.noInvitations}</Text>
      ) : (
        <DataTable caption={text.team.invitations} columns={columns} rows={invitations} rowKey={({ id }) => id} />
      )}
    </Panel>
  );
}

function useColumns(): Column<Invitation>[] {
  const { timezone } = useViewer().business;
  const { invitationColumns: columns } = text.team;
  return [
    { key: "email", heading: columns.email, isTitle: true, cell: ({ email }) => email },
    { key: "role", heading: columns.role, cell: ({ role }) => text.shell.roles[role] },
    {
      key: "sent",
      heading: columns.sent,
      isWide: true,
      cell: ({ created_at: sentAt }) => mediumDate(new Date(sentAt), timezone),
    },
    { key: "ends", heading: columns.ends, cell: ({ expires_at: endsAt }) => <End at={endsAt} /> },
    { key: "acts", heading: "", align: "end", cell: (invitation) => <Acts invitation={invitation} /> },
  ];
}

function End({ at }: { at: string }) {
  const { timezone } = useViewer().business;
  const now = useNow(MINUTE_MS);
  const end = new Date(at);
  if (end <= now) return <Badge className={classes.state}>{text.team.expired}</Badge>;
  return mediumDate(end, timezone);
}

/** Sending again makes the former link void; so does revoking, and neither can be taken back but by inviting again. */
function Acts({ invitation }: { invitation: Invitation }) {
  const { user } = useViewer();
  const { email, role } = invitation;
  const invite = useInvite();
  const withdraw = useWithdraw();
  if (!mayReach(user.role, role)) return null;
  const again = (done: string) => {
    invite.mutate(
      { email, role },
      {
        onSuccess: () => notifyDone(done),
        onError: (error) => notifyFailure(text.team.notSent(email), error.message),
      },
    );
  };
  const revoke = () => {
    withdraw.mutate(invitation, {
      onSuccess: () => notifyDone(text.team.withdrawn(email)),
      onError: (error) => notifyFailure(text.team.notWithdrawn(email), error.message),
    });
  };
  return (
    <Group gap={8} justify="flex-end" wrap="nowrap">
      <Button
        variant="default"
        size="compact-sm"
        loading={invite.isPending}
        aria-label={text.team.resendTo(email)}
        onClick={() => again(text.team.resent(email))}
      >
        {text.team.resend}
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        loading={withdraw.isPending}
        aria-label={text.team.withdrawOf(email)}
        onClick={revoke}
      >
        {text.team.withdraw}
      </Button>
    </Group>
  );
}
