import { Button, Skeleton, Text } from "@mantine/core";

import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { clockTime, weekdayDate } from "@/time/format";
import { dateIn } from "@/time/zone";

import type { Alternative } from "../useAlternatives";
import classes from "./Alternatives.module.css";

interface AlternativesProps {
  wanted: Date;
  /** Undefined until they are known. */
  alternatives: readonly Alternative[] | undefined;
  isBusy: boolean;
  onTake: (alternative: Alternative) => void;
}

/** The times that are free instead of a taken one, each a button that takes it. */
export function Alternatives({ wanted, alternatives, isBusy, onTake }: AlternativesProps) {
  const { business } = useViewer();
  const zone = business.timezone;
  const whenOf = (at: Date) => {
    const time = clockTime(at, zone);
    return dateIn(at, zone) === dateIn(wanted, zone) ? time : `${weekdayDate(at, zone)}, ${time}`;
  };
  if (alternatives === undefined) return <Skeleton h={36} role="status" aria-label={text.loading} />;
  if (alternatives.length === 0) return <Text size="sm">{text.booking.conflict.none}</Text>;
  return (
    <>
      <Text size="sm">{text.booking.conflict.offer}</Text>
      <ul className={classes.list} aria-label={text.booking.conflict.offerLabel}>
        {alternatives.map((alternative) => (
          <li key={`${alternative.startAt.getTime()} ${alternative.resource?.id ?? ""}`}>
            <Button
              className={classes.take}
              justify="start"
              variant="default"
              size="sm"
              disabled={isBusy}
              onClick={() => onTake(alternative)}
            >
              {text.booking.conflict.at(whenOf(alternative.startAt), alternative.resource?.name ?? null)}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
