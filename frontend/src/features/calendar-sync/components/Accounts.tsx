import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import CalendarSyncIcon from "lucide-react/icons/calendar-sync";

import { type CalendarConnection, connectionsQuery } from "@/api/calendarSync";
import { text } from "@/text";
import { calendarSync as syncText } from "@/text/calendarSync";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import { Panel } from "@/ui/Panel";

import { isMoving } from "../standing";
import { type Opened, useAccountActs } from "../useAccountActs";
import { AccountCard } from "./AccountCard";
import classes from "./AccountCard.module.css";
import { CalendarsDialog } from "./CalendarsDialog";
import { DisconnectDialog } from "./DisconnectDialog";
import { ReconnectDialog } from "./ReconnectDialog";

const words = syncText.accounts;
const RENEWED_MS = 30_000;
const RENEWED_WHILE_MOVING_MS = 3_000;

/** The connected accounts, renewed sooner while something goes on with one of them. */
export const useConnections = () =>
  useQuery({
    ...connectionsQuery,
    refetchInterval: ({ state }) => (state.data?.some(isMoving) ? RENEWED_WHILE_MOVING_MS : RENEWED_MS),
  });

interface AccountsProps {
  now: Date;
  /** The account that somebody was led to. */
  first: string | null;
}

export function Accounts({ now, first }: AccountsProps) {
  const { data: connections, error, refetch } = useConnections();
  if (!connections) {
    if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
    return <Skeleton h={220} radius={14} role="status" aria-label={text.loading} />;
  }
  if (connections.length === 0) {
    return (
      <EmptyState icon={<CalendarSyncIcon aria-hidden size={22} />} heading={words.emptyHeading}>
        {words.empty}
      </EmptyState>
    );
  }
  return <List connections={connections} now={now} first={first} />;
}

function List({ connections, now, first }: AccountsProps & { connections: readonly CalendarConnection[] }) {
  const { acts, opened, close } = useAccountActs(() => firstOpened(connections, first));
  const shown = opened && connections.find(({ id }) => id === opened.id);
  return (
    <Panel heading={words.heading}>
      <ul className={classes.list}>
        {connections.map((connection) => (
          <AccountCard key={connection.id} connection={connection} acts={acts} now={now} />
        ))}
      </ul>
      {opened && shown && <Dialogs opened={opened} connection={shown} onClose={close} />}
    </Panel>
  );
}

/** What somebody comes for who is led to an account: to let it in again, or to choose its calendars. */
function firstOpened(connections: readonly CalendarConnection[], first: string | null): Opened | null {
  const connection = connections.find(({ id }) => id === first);
  if (!connection) return null;
  if (!connection.needs_action) return { dialog: "calendars", id: connection.id, isOpen: true };
  return connection.provider === "caldav" ? { dialog: "reconnect", id: connection.id, isOpen: true } : null;
}

interface DialogsProps {
  opened: Opened;
  connection: CalendarConnection;
  onClose: () => void;
}

/** One dialog for each thing that is done with an account; made anew for another account. */
function Dialogs({ opened: { dialog, id, isOpen }, ...props }: DialogsProps) {
  const isShown = (name: Opened["dialog"]) => isOpen && dialog === name;
  return (
    <>
      <CalendarsDialog {...props} isOpen={isShown("calendars")} />
      <ReconnectDialog {...props} isOpen={isShown("reconnect")} />
      <DisconnectDialog key={`${id} ${isOpen}`} {...props} isOpen={isShown("disconnect")} />
    </>
  );
}
