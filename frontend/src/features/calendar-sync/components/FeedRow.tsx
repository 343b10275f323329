import { Button, Text } from "@mantine/core";

import type { Feed } from "@/api/calendarSync";
import type { Resource } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { calendarSync as syncText } from "@/text/calendarSync";

import { agoOf } from "../ago";
import classes from "./Feeds.module.css";

const words = syncText.feeds;

interface FeedRowProps {
  feed: Feed;
  resources: readonly Resource[];
  now: Date;
  onRotate: (feed: Feed) => void;
  onRemove: (feed: Feed) => void;
}

/** A subscription: whose, how much it shows, whether anybody reads it. */
export function FeedRow({ feed, resources, now, onRotate, onRemove }: FeedRowProps) {
  const { timezone } = useViewer().business;
  const { privacy = "initials", past_days: past = 0, future_days: future = 0, last_read_at: readAt } = feed;
  const name = feedName(feed, resources);
  return (
    <li className={classes.row}>
      <div className={classes.about}>
        <h3 className={classes.name}>{name}</h3>
        <Text size="sm" c="dimmed">
          {words.privacies[privacy]} · {words.days(past, future)}
        </Text>
        <Text size="sm" c="dimmed">
          {readAt ? words.lastRead(agoOf(readAt, now, timezone)) : words.neverRead} · {words.prefix(feed.prefix)}
        </Text>
      </div>
      <div className={classes.acts}>
        <Button variant="default" size="sm" aria-label={words.rotateOf(name)} onClick={() => onRotate(feed)}>
          {words.rotate}
        </Button>
        <Button variant="subtle" color="gray" size="sm" aria-label={words.removeOf(name)} onClick={() => onRemove(feed)}>
          {words.remove}
        </Button>
      </div>
    </li>
  );
}

/** What a subscription is called: by whose appointments it has. */
export function feedName({ resource }: Pick<Feed, "resource">, resources: readonly Resource[]): string {
  if (resource === null) return words.ofBusiness;
  return words.of(resources.find(({ id }) => id === resource)?.name ?? "");
}
