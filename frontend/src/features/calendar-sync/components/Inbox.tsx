import { Button, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import CheckIcon from "lucide-react/icons/check";
import { useState } from "react";

import { changedThereQuery, conflictsQuery, type EventLink } from "@/api/calendarSync";
import { text } from "@/text";
import { calendarSync as syncText } from "@/text/calendarSync";
import { ErrorState } from "@/ui/ErrorState";
import { Section } from "@/ui/Section";

import { itemsOf } from "../inbox";
import { ChangedItem } from "./ChangedItem";
import classes from "./Inbox.module.css";
import { OverlapItem } from "./OverlapItem";

const words = syncText.inbox;
const RENEWED_MS = 30_000;
const RENEWED_WHILE_MOVING_MS = 3_000;
const SHOWN_AT_FIRST = 5;

/** What a connected calendar contradicts, to be decided by somebody. */
export function Inbox({ now }: { now: Date }) {
  const conflicts = useQuery({ ...conflictsQuery, refetchInterval: RENEWED_MS });
  const links = useQuery({
    ...changedThereQuery,
    refetchInterval: ({ state }) => (state.data?.some(isBeingPutBack) ? RENEWED_WHILE_MOVING_MS : RENEWED_MS),
  });
  const [isWhole, setWhole] = useState(false);
  if (!conflicts.data || !links.data) {
    const failed = [conflicts, links].find(({ error }) => error);
    if (!failed?.error) return <Skeleton h={88} radius={14} role="status" aria-label={text.loading} />;
    return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  }
  const items = itemsOf(conflicts.data, links.data);
  if (items.length === 0) return <Calm />;
  const shown = isWhole ? items : items.slice(0, SHOWN_AT_FIRST);
  return (
    <Section heading={words.heading} lead={words.lead}>
      <ul className={classes.items}>
        {shown.map((item) =>
          item.kind === "overlap" ? (
            <OverlapItem key={`overlap ${item.appointment}`} item={item} now={now} />
          ) : (
            <ChangedItem key={`link ${item.link.id}`} item={item} now={now} />
          ),
        )}
      </ul>
      {shown.length < items.length && (
        <Button variant="subtle" w="fit-content" onClick={() => setWhole(true)}>
          {words.more(items.length - shown.length)}
        </Button>
      )}
    </Section>
  );
}

const isBeingPutBack = ({ due_at: dueAt }: EventLink) => typeof dueAt === "string" && Date.parse(dueAt) <= Date.now();

function Calm() {
  return (
    <Section heading={words.heading}>
      <Text c="dimmed" className={classes.calm}>
        <CheckIcon aria-hidden size={18} className={classes.good} />
        <span>
          {words.calmHeading}. {words.calm}
        </span>
      </Text>
    </Section>
  );
}
