import { Button, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import PlusIcon from "lucide-react/icons/plus";

import type { Feed } from "@/api/calendarSync";
import { resourcesQuery } from "@/api/scheduling";
import { text } from "@/text";
import { calendarSync as syncText } from "@/text/calendarSync";
import { ErrorState } from "@/ui/ErrorState";
import { Section } from "@/ui/Section";

import { feedsQuery } from "../feed-queries";
import { useFeedDialogs } from "../useFeedDialogs";
import { FeedDialogs } from "./FeedDialogs";
import { FeedRow } from "./FeedRow";
import classes from "./Feeds.module.css";

const words = syncText.feeds;

/** Appointments as calendars that other programs subscribe to. */
export function Feeds({ now }: { now: Date }) {
  const dialogs = useFeedDialogs();
  return (
    <Section
      heading={words.heading}
      lead={words.lead}
      action={
        <Button variant="default" leftSection={<PlusIcon aria-hidden size={16} />} onClick={dialogs.add}>
          {words.add}
        </Button>
      }
    >
      <List now={now} onRotate={dialogs.rotate} onRemove={dialogs.remove} />
      <FeedDialogs dialogs={dialogs} />
    </Section>
  );
}

interface ListProps {
  now: Date;
  onRotate: (feed: Feed) => void;
  onRemove: (feed: Feed) => void;
}

function List({ now, ...acts }: ListProps) {
  const { data: feeds, error, refetch } = useQuery(feedsQuery);
  const { data: resources = [] } = useQuery(resourcesQuery);
  if (!feeds) {
    if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
    return <Skeleton h={56} role="status" aria-label={text.loading} />;
  }
  if (feeds.length === 0) return <Text c="dimmed">{words.empty}</Text>;
  return (
    <ul className={classes.rows}>
      {feeds.map((feed) => (
        <FeedRow key={feed.id} feed={feed} resources={resources} now={now} {...acts} />
      ))}
    </ul>
  );
}
