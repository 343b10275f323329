import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { type CalendarConnection, type EventLink, linksQuery } from "@/api/calendarSync";
import { calendarSync as syncText } from "@/text/calendarSync";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { useLinkAct } from "../deciding";
import classes from "./AccountCard.module.css";

const words = syncText.unwritten;
const MOST_SHOWN = 5;

/** The entries that the server refused, why, and what can be done. */
export function Unwritten({ connection }: { connection: CalendarConnection }) {
  const { data: links = [] } = useQuery(linksQuery({ connection: connection.id, state: "failed" }));
  if (links.length === 0) return null;
  return (
    <div className={classes.disclosed}>
      <Text size="sm" fw={600}>
        {words.heading}
      </Text>
      <ul className={classes.rows}>
        {links.slice(0, MOST_SHOWN).map((link) => (
          <Entry key={link.id} link={link} />
        ))}
      </ul>
    </div>
  );
}

function Entry({ link }: { link: EventLink }) {
  const { mutate, isPending } = useLinkAct();
  const what = words.what(link.service_name, link.customer_name);
  const act = (act: "retry" | "detach", message: string) =>
    mutate(
      { link, act },
      {
        onSuccess: () => notifyDone(message),
        onError: (error) => notifyFailure(words.failed, error.message),
      },
    );
  return (
    <li className={classes.unwritten}>
      <span>
        {what}
        <span className={classes.runDetail}>{link.problem}</span>
      </span>
      <span className={classes.acts}>
        <Button
          variant="default"
          size="compact-sm"
          disabled={isPending}
          aria-label={words.retryOf(what)}
          onClick={() => act("retry", words.retried)}
        >
          {words.retry}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          disabled={isPending}
          aria-label={words.leaveOf(what)}
          onClick={() => act("detach", words.left)}
        >
          {words.leave}
        </Button>
      </span>
    </li>
  );
}
