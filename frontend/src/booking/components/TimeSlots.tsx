import { Text } from "@mantine/core";
import { useId } from "react";

import type { Slot } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { clockTime } from "@/time/format";
import { localTimeOf, minuteOfDay } from "@/time/localTime";

import { Choice } from "./Choice";
import grid from "./ChoiceGrid.module.css";
import classes from "./TimeSlots.module.css";

const NOON = 12 * 60;
const EVENING = 17 * 60;

interface TimeSlotsProps {
  slots: readonly Slot[];
  chosen: Date | null;
  onChoose: (startAt: Date) => void;
}

/** The free times of a day, by its parts. */
export function TimeSlots({ slots, chosen, onChoose }: TimeSlotsProps) {
  const { business } = useViewer();
  const name = useId();
  return (
    <div role="radiogroup" aria-label={text.booking.form.when} className={classes.parts}>
      {partsOf(slots, business.timezone).map(([part, members]) => (
        <div key={part}>
          <Text size="xs" c="dimmed" fw={550} mb={4}>
            {text.booking.times.parts[part]}
          </Text>
          <div className={grid.grid}>
            {members.map(({ start }) => (
              <Choice
                key={start}
                name={name}
                isChosen={chosen?.getTime() === Date.parse(start)}
                onChoose={() => {
                  onChoose(new Date(start));
                }}
              >
                {clockTime(new Date(start), business.timezone)}
              </Choice>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

type Part = keyof typeof text.booking.times.parts;

function partsOf(slots: readonly Slot[], zone: string): [Part, Slot[]][] {
  const parts: Record<Part, Slot[]> = { morning: [], afternoon: [], evening: [] };
  for (const slot of slots) {
    const minute = minuteOfDay(localTimeOf(new Date(slot.start), zone));
    parts[minute < NOON ? "morning" : minute < EVENING ? "afternoon" : "evening"].push(slot);
  }
  const all: [Part, Slot[]][] = [
    ["morning", parts.morning],
    ["afternoon", parts.afternoon],
    ["evening", parts.evening],
  ];
  return all.filter(([, members]) => members.length > 0);
}
