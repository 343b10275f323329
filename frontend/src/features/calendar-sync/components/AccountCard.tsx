import { Button, Text } from "@mantine/core";
import PlayIcon from "lucide-react/icons/play";
import RefreshIcon from "lucide-react/icons/refresh-cw";

import type { CalendarConnection } from "@/api/calendarSync";
import { useViewer } from "@/api/viewer";
import { calendarSync as syncText } from "@/text/calendarSync";
import { dateAndTime } from "@/time/format";

import { agoOf } from "../ago";
import { labelOf, nameOf } from "../names";
import { isResumable, standingOf } from "../standing";
import type { AccountActs } from "../useAccountActs";
import classes from "./AccountCard.module.css";
import { AccountMenu } from "./AccountMenu";
import { Mark } from "./Mark";
import { RecentRuns } from "./RecentRuns";
import { StandingTag } from "./StandingTag";
import { Unwritten } from "./Unwritten";

const words = syncText.accounts;

interface AccountCardProps {
  connection: CalendarConnection;
  acts: AccountActs;
  now: Date;
}

/** A connected account: whose it is, how it is, what it is used for, and what can be done. */
export function AccountCard({ connection, acts, now }: AccountCardProps) {
  const { timezone } = useViewer().business;
  const standing = standingOf(connection, now, timezone);
  const account = labelOf(connection);
  const isLeaving = connection.state === "disconnecting";
  return (
    <li className={classes.card} data-mood={standing.mood}>
      <header className={classes.head}>
        <Mark of={connection.provider} />
        <div className={classes.names}>
          <h3 className={classes.account}>{account}</h3>
          <Text size="sm" c="dimmed">
            {syncText.marks[connection.provider]} ·{" "}
            {connection.resource_name ? words.whose(connection.resource_name) : words.ofBusiness}
          </Text>
        </div>
        <StandingTag standing={standing} />
      </header>
      {standing.detail && (
        <div className={classes.detail} data-mood={standing.mood}>
          <Text size="sm">{standing.detail}</Text>
          {standing.isReconnectable && (
            <Button size="sm" aria-label={words.reconnectOf(account)} onClick={() => acts.reconnect(connection)}>
              {words.reconnect}
            </Button>
          )}
        </div>
      )}
      <Facts connection={connection} now={now} zone={timezone} />
      {!isLeaving && (
        <div className={classes.acts}>
          <Button variant="default" size="sm" aria-label={words.calendarsOf(account)} onClick={() => acts.choose(connection)}>
            {words.calendars}
          </Button>
          {isResumable(connection) && (
            <Button
              variant="default"
              size="sm"
              aria-label={words.resumeOf(account)}
              leftSection={<PlayIcon aria-hidden size={15} />}
              onClick={() => acts.perform(connection, "resume")}
            >
              {words.resume}
            </Button>
          )}
          {standing.mood !== "needy" && standing.mood !== "resting" && (
            <Button
              variant="default"
              size="sm"
              aria-label={words.syncOf(account)}
              leftSection={<RefreshIcon aria-hidden size={15} />}
              onClick={() => acts.perform(connection, "sync")}
            >
              {words.sync}
            </Button>
          )}
          <AccountMenu connection={connection} acts={acts} />
        </div>
      )}
      {(connection.counts.failed ?? 0) > 0 && <Unwritten connection={connection} />}
      <RecentRuns connection={connection} />
    </li>
  );
}

/** What is read and written, how fresh it is, and how many entries there are. */
function Facts({ connection, now, zone }: { connection: CalendarConnection; now: Date; zone: string }) {
  const { calendars, counts, provider, last_success_at: readAt, stale_since: staleSince } = connection;
  const read = calendars.filter(({ read_busy: isRead }) => isRead).map(nameOf);
  const target = calendars.find(({ write_target: isTarget }) => isTarget);
  const freshness = readAt ? words.read(agoOf(readAt, now, zone)) : words.firstVisit;
  const isRemembering = staleSince && connection.state !== "active";
  const isReadOnly = provider === "ics";
  const counted = [
    ...(isReadOnly ? [] : [words.written(counts.links ?? 0)]),
    ...(counts.pending ? [words.waiting(counts.pending)] : []),
    ...(counts.failed ? [words.failed(counts.failed)] : []),
  ];
  return (
    <div className={classes.facts}>
      <p>
        {read.length > 0 ? words.reads(read) : words.readsNone}.{" "}
        {!isReadOnly && `${target ? words.writes(nameOf(target)) : words.writesNone}.`}
      </p>
      <p className={classes.figures}>
        <span>{isRemembering ? words.staleSince(dateAndTime(new Date(staleSince), zone)) : freshness}</span>
        {counted.map((figure) => (
          <span key={figure}>{figure}</span>
        ))}
      </p>
    </div>
  );
}
