import { Skeleton, Text } from "@mantine/core";

import { text } from "@/text";
import { longDate, noonOf } from "@/time/format";

import type { FreeTimes as Times } from "../useFreeTimes";
import { NothingFree } from "./NothingFree";
import { TimeSlots } from "./TimeSlots";
import classes from "./WhenPicker.module.css";

interface FreeTimesProps {
  times: Times;
  isServiceKnown: boolean;
  date: string;
  chosen: Date | null;
  onChoose: (at: Date) => void;
  onDay: (date: string) => void;
  onLater: () => void;
}

/** The free times of a day, or the way to the next ones. */
export function FreeTimes(props: FreeTimesProps) {
  const isPending = props.isServiceKnown && !props.times.isKnown && !props.times.error;
  return (
    <div className={classes.times} aria-busy={isPending}>
      {isPending ? <SlotSkeletons /> : <Found {...props} />}
    </div>
  );
}

function Found({ times, isServiceKnown, date, chosen, onChoose, onDay, onLater }: FreeTimesProps) {
  const { firstFree } = times;
  const slots = times.slotsOn(date) ?? [];
  const words = text.booking.times;
  if (!isServiceKnown) {
    return (
      <Text className={classes.nothing} size="sm">
        {words.chooseServiceFirst}
      </Text>
    );
  }
  if (!times.isKnown) return <NothingFree words={words.failed} action={text.retry} onAction={times.retry} />;
  if (slots.length > 0) return <TimeSlots slots={slots} chosen={chosen} onChoose={onChoose} />;
  if (firstFree === undefined) {
    return <NothingFree words={words.noneInWeek} action={words.lookLater} onAction={onLater} />;
  }
  return (
    <NothingFree
      words={words.noneOn(longDate(noonOf(date), "UTC"))}
      action={words.goTo(longDate(noonOf(firstFree), "UTC"))}
      onAction={() => onDay(firstFree)}
    />
  );
}

function SlotSkeletons() {
  return (
    <div className={classes.skeletons} role="status" aria-label={text.loading}>
      {Array.from({ length: 15 }, (_, position) => (
        <Skeleton key={position} h={38} />
      ))}
    </div>
  );
}
