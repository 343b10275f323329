import { Anchor, Text } from "@mantine/core";
import { useEffect } from "react";
import { Link } from "react-router";

import { paths } from "@/paths";
import { calendarAttention as words } from "@/text/calendarAttention";

import { useCalendarsWaiting } from "../../useCalendarsWaiting";
import classes from "./styles.module.css";

interface CalendarNoticeProps {
  /** Told whether there is anything to be seen. */
  onWaiting: (isWaiting: boolean) => void;
}

/** What connected calendars want from somebody; nothing where they want nothing. */
export function CalendarNotice({ onWaiting }: CalendarNoticeProps) {
  const { toDecide, accounts } = useCalendarsWaiting();
  const isBroken = accounts.length > 0;
  const isWaiting = isBroken || toDecide > 0;
  useEffect(() => {
    onWaiting(isWaiting);
  }, [onWaiting, isWaiting]);
  if (!isWaiting) return null;
  return (
    <div className={classes.notice} data-grave={isBroken || undefined}>
      <Text fw={600} size="sm" className={classes.heading}>
        {isBroken ? words.broken(accounts.length) : words.toDecide(toDecide)}
      </Text>
      <Text size="sm" c="dimmed">
        {isBroken ? words.brokenHint(accounts) : words.toDecideHint}
      </Text>
      {isBroken && toDecide > 0 && <Text size="sm">{words.toDecide(toDecide)}</Text>}
      <Anchor component={Link} to={paths.calendarSync} size="sm">
        {words.open}
      </Anchor>
    </div>
  );
}
