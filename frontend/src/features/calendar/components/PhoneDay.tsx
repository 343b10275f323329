import { UnstyledButton } from "@mantine/core";
import { DayView } from "@mantine/schedule";
import { type TouchEvent, useRef } from "react";

import { text } from "@/text";

import { toneOf } from "../entries";
import { gridProps } from "../grid";
import board from "./Board.module.css";
import type { BoardProps } from "./boards";
import classes from "./PhoneDay.module.css";

/** A day of one resource, for narrow windows; a swipe or the row of names leads to the others. */
export function PhoneDay({ calendar, date, entries, hours, acts, onOnly, choices }: PhoneDayProps) {
  const shown = calendar.resources[0];
  const swipe = useSwipe((by) => {
    const next = choices[choices.findIndex(({ id }) => id === shown?.id) + by];
    if (next) onOnly(next.id);
  });
  const { onEventDrop: drop, ...grid } = gridProps(acts, hours, calendar.zone);
  return (
    <div>
      <div className={classes.names} role="group" aria-label={text.calendar.filters.resources}>
        {choices.map(({ id, name, color }) => (
          <UnstyledButton key={id} className={classes.name} aria-pressed={id === shown?.id} onClick={() => onOnly(id)}>
            <span className={classes.dot} style={{ background: toneOf({ color }) }} />
            {name}
          </UnstyledButton>
        ))}
      </div>
      <div {...swipe}>
        <DayView
          {...grid}
          className={board.phoneDay}
          date={date}
          events={entries}
          intervalMinutes={30}
          slotHeight={96}
          withAllDaySlot={false}
          onEventDrop={({ event, newStart }) => drop({ event, newStart })}
          onTimeSlotClick={({ slotStart }) => acts.bookAt(slotStart, shown?.id)}
        />
      </div>
    </div>
  );
}

interface PhoneDayProps extends BoardProps {
  /** Among whom can be chosen. */
  choices: BoardProps["calendar"]["resources"];
}

const FAR_PX = 64;

/** Tells a swipe to the side (1 leads on, -1 back) from scrolling. */
function useSwipe(onSwipe: (by: 1 | -1) => void) {
  const from = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: ({ touches }: TouchEvent) => {
      const touch = touches[0];
      from.current = touch && touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null;
    },
    onTouchEnd: ({ changedTouches }: TouchEvent) => {
      const touch = changedTouches[0];
      if (!touch || !from.current) return;
      const right = touch.clientX - from.current.x;
      const down = touch.clientY - from.current.y;
      if (Math.abs(right) > FAR_PX && Math.abs(right) > 2 * Math.abs(down)) onSwipe(right < 0 ? 1 : -1);
    },
  };
}
