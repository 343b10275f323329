import { Fragment } from "react";

import { hours as hoursText } from "@/text/hours";
import { shownMinute } from "@/time/wallClock";
import type { Span } from "@/ui/TimeRange";

import { type DraftWeek, WEEKDAYS } from "../week";
import classes from "./Week.module.css";

/** The hours of a week to be read. */
export function WeekText({ week }: { week: DraftWeek }) {
  return (
    <dl className={classes.text}>
      {WEEKDAYS.map((weekday) => {
        const spans = week[weekday] ?? [];
        return (
          <Fragment key={weekday}>
            <dt>{hoursText.weekdays[weekday]}</dt>
            <dd data-closed={spans.length === 0 || undefined}>{shownSpans(spans)}</dd>
          </Fragment>
        );
      })}
    </dl>
  );
}

/** Returns hours of a day in words; none are a closed day. */
export function shownSpans(spans: readonly Span[]): string {
  const shown = spans.flatMap(({ opens, closes }) =>
    opens === null || closes === null ? [] : [`${shownMinute(opens)} – ${shownMinute(closes)}`],
  );
  return shown.length === 0 ? hoursText.week.closed : shown.join(", ");
}
