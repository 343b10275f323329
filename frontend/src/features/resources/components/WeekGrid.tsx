import { VisuallyHidden } from "@mantine/core";
import { useState } from "react";

import { hours as hoursText } from "@/text/hours";

import { type DraftWeek, hoursToOpenWith, WEEKDAYS, withDay, withDayCopied, withNightSplit } from "../week";
import { DayRow } from "./DayRow";
import classes from "./Week.module.css";

interface WeekGridProps {
  week: DraftWeek;
  onChange: (week: DraftWeek) => void;
}

/** The hours of a week to be changed. */
export function WeekGrid({ week, onChange }: WeekGridProps) {
  const [announcement, setAnnouncement] = useState("");
  const copy = (from: number, to: readonly number[]) => {
    onChange(withDayCopied(week, from, to));
    setAnnouncement(hoursText.week.copied(nameOf(from), to.filter((day) => day !== from).map(nameOf).join(", ")));
  };
  return (
    <>
      <ul className={classes.days}>
        {WEEKDAYS.map((weekday) => (
          <DayRow
            key={weekday}
            weekday={weekday}
            day={week[weekday] ?? []}
            onChange={(day) => {
              onChange(withDay(week, weekday, day));
            }}
            onOpen={() => {
              onChange(withDay(week, weekday, hoursToOpenWith(week, weekday)));
            }}
            onSplit={(key) => {
              onChange(withNightSplit(week, weekday, key));
            }}
            onCopy={(to) => {
              copy(weekday, to);
            }}
          />
        ))}
      </ul>
      <VisuallyHidden role="status">{announcement}</VisuallyHidden>
    </>
  );
}

const nameOf = (weekday: number) => hoursText.weekdays[weekday] ?? "";
