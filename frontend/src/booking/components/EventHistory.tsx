import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";

import type { Appointment, HistoryEntry, Resource } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { dateAndTime } from "@/time/format";

import { happenedIn } from "../historyWords";
import { historyQuery } from "../queries";
import classes from "./AppointmentDetails.module.css";

interface EventHistoryProps {
  appointment: Appointment;
  resources: readonly Resource[];
}

/** What happened to an appointment, the latest first. */
export function EventHistory({ appointment, resources }: EventHistoryProps) {
  const { business } = useViewer();
  const { data, error } = useQuery(historyQuery(appointment.id));
  const headingId = useId();
  const entries = data?.map((entry, number) => ({ ...entry, number })).toReversed();
  return (
    <>
      <h3 id={headingId} className={classes.heading} style={{ margin: 0 }}>
        {text.booking.drawer.history}
      </h3>
      {entries === undefined && !error && <Skeleton h={64} role="status" aria-label={text.loading} />}
      {error && (
        <Text size="sm" c="dimmed">
          {error.message}
        </Text>
      )}
      <ol className={classes.history} aria-labelledby={headingId}>
        {entries?.map((entry, position) => {
          const { what, detail } = happenedIn(entry, { resources, zone: business.timezone });
          return (
            <li key={entry.number} className={classes.entry} data-last={position === 0 || undefined}>
              <span className={classes.happened}>{what}</span>
              {detail && <span className={classes.entryDetail}>{detail}</span>}
              <span className={classes.entryDetail}>
                {text.booking.history.by(
                  whoIn(entry),
                  dateAndTime(new Date(entry.at), business.timezone),
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </>
  );
}

function whoIn({ by_name: name, support_name: supporter }: HistoryEntry): string {
  const { nobody, inPlace } = text.booking.history;
  return supporter ? inPlace(name ?? nobody, supporter) : (name ?? nobody);
}
