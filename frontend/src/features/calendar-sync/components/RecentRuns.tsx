import { Collapse, Skeleton, Text, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import CheckIcon from "lucide-react/icons/check";
import ChevronDownIcon from "lucide-react/icons/chevron-down";
import XIcon from "lucide-react/icons/x";
import { useId, useState } from "react";

import type { CalendarConnection, SyncRun } from "@/api/calendarSync";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { calendarSync as syncText } from "@/text/calendarSync";
import { dateAndTime } from "@/time/format";

import { statusQuery } from "../queries";
import { doneIn } from "../runs";
import classes from "./AccountCard.module.css";

/** The last visits in which something happened, asked for once somebody wants to see them. */
export function RecentRuns({ connection }: { connection: CalendarConnection }) {
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  return (
    <div className={classes.disclosed}>
      <UnstyledButton
        className={classes.summary}
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => setOpen(!isOpen)}
      >
        {syncText.runs.show}
        <ChevronDownIcon aria-hidden size={16} />
      </UnstyledButton>
      <Collapse expanded={isOpen} id={listId}>
        {isOpen && <Runs id={connection.id} />}
      </Collapse>
    </div>
  );
}

function Runs({ id }: { id: string }) {
  const { data: status, error } = useQuery(statusQuery(id));
  if (error && !status) return <Text size="sm">{error.message}</Text>;
  if (!status) return <Skeleton h={40} my={8} role="status" aria-label={text.loading} />;
  if (status.recent_runs.length === 0) {
    return (
      <Text size="sm" c="dimmed" py={6}>
        {syncText.runs.empty}
      </Text>
    );
  }
  return (
    <ul className={classes.rows}>
      {status.recent_runs.map((run) => (
        <Run key={run.id} run={run} />
      ))}
    </ul>
  );
}

function Run({ run }: { run: SyncRun }) {
  const { timezone } = useViewer().business;
  const Icon = run.outcome === "failed" ? XIcon : CheckIcon;
  return (
    <li className={classes.run} data-outcome={run.outcome}>
      <Icon aria-hidden size={15} />
      <span>
        {syncText.runs.kinds[run.kind]}
        {run.started_at && ` · ${dateAndTime(new Date(run.started_at), timezone)}`}
        <span className={classes.runDetail}>{doneIn(run)}</span>
      </span>
    </li>
  );
}
