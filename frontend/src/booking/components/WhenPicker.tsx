import { Button } from "@mantine/core";
import ClockIcon from "lucide-react/icons/clock";
import ListIcon from "lucide-react/icons/list";
import { useState } from "react";

import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { addDays } from "@/time/dates";
import { dateIn } from "@/time/zone";

import { NO_START, type Start } from "../start";
import { useFreeTimes } from "../useFreeTimes";
import { DAYS_SHOWN, DayStrip } from "./DayStrip";
import { FreeTimes } from "./FreeTimes";
import { TypedTime } from "./TypedTime";
import classes from "./WhenPicker.module.css";

interface WhenPickerProps {
  /** Null until it is chosen. */
  serviceId: number | null;
  /** Who or what must be free; any that are able without. */
  resourceId?: number | undefined;
  /** The day to begin at; the present one, or that of the value, without. */
  startOn?: Date;
  value: Start;
  onChange: (start: Start) => void;
}

/** A day and a time: one of the free ones, or one typed. */
export function WhenPicker({ serviceId, resourceId, startOn, value, onChange }: WhenPickerProps) {
  const { business } = useViewer();
  const [earliest] = useState(() => dateIn(new Date(), business.timezone));
  const [first] = useState(() => firstDate(value.at ?? startOn, earliest, business.timezone));
  const [from, setFrom] = useState(first ?? earliest);
  const [picked, setPicked] = useState(first);
  const times = useFreeTimes({ serviceId, resourceId, from });
  const date = picked ?? times.firstFree ?? from;
  const isTyped = value.isTyped || (value.at !== null && times.isTaken(value.at));

  const pickDay = (wanted: string) => {
    setPicked(wanted);
    if (wanted < from || wanted >= addDays(from, DAYS_SHOWN)) setFrom(wanted);
    onChange({ ...value, at: null });
  };
  const showFrom = (wanted: string) => {
    setFrom(wanted);
    setPicked(null);
    onChange({ ...value, at: null });
  };
  const Icon = isTyped ? ListIcon : ClockIcon;
  return (
    <div className={classes.picker}>
      <DayStrip
        from={from}
        earliest={earliest}
        chosen={date}
        freeOn={(day) => times.slotsOn(day)?.length}
        onChoose={pickDay}
        onFrom={showFrom}
      />
      {isTyped ? (
        <TypedTime key={date} date={date} value={value} onChange={onChange} />
      ) : (
        <FreeTimes
          times={times}
          isServiceKnown={serviceId !== null}
          date={date}
          chosen={value.at}
          onChoose={(at) => onChange({ ...value, at })}
          onDay={pickDay}
          onLater={() => showFrom(addDays(from, DAYS_SHOWN))}
        />
      )}
      <Button
        className={classes.other}
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<Icon aria-hidden size={15} />}
        onClick={() => onChange({ ...NO_START, isTyped: !isTyped })}
      >
        {isTyped ? text.booking.times.pickFree : text.booking.times.typeOwn}
      </Button>
    </div>
  );
}

/** Returns the date to begin with where one is given that lies not behind. */
function firstDate(at: Date | undefined, earliest: string, zone: string): string | null {
  const date = at && dateIn(at, zone);
  return date !== undefined && date >= earliest ? date : null;
}
