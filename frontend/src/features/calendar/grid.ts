import type { ScheduleEventData, ScheduleLabelsOverride } from "@mantine/schedule";

import { text } from "@/text";
import { shortHour } from "@/time/format";
import { localTimeOf, minuteOfDay } from "@/time/localTime";
import { clockOf, MINUTES_PER_DAY, type Minute } from "@/time/wallClock";

import { STEP_MINUTES } from "./carry";
import { renderEntry, renderEntryBody } from "./components/Entry";
import type { Entry } from "./entries";
import type { Stretch } from "./hours";
import type { Acts } from "./useActs";

/** What the library's own texts say here. */
export const labels: ScheduleLabelsOverride = {
  resource: text.calendar.resource,
  resources: text.calendar.resources,
  resourceSlot: text.calendar.slot,
  timeSlot: text.calendar.slot,
  moreLabel: text.calendar.more,
  noEvents: text.calendar.nothing,
};

/** What all views with hours have in common. */
export function gridProps(acts: Acts, hours: Stretch, zone: string) {
  return {
    labels,
    withHeader: false,
    startTime: timeOf(hours.start),
    endTime: timeOf(hours.end),
    slotLabelFormat: (local: string) => (minuteOfDay(local) % 60 === 0 ? shortHour(minuteOfDay(local) / 60) : ""),
    getCurrentTime: () => localTimeOf(new Date(), zone),
    withCurrentTimeBubble: false,
    renderEvent: renderEntry,
    renderEventBody: renderEntryBody,
    withEventsDragAndDrop: true,
    eventDragInterval: STEP_MINUTES,
    canDragEvent: (entry: ScheduleEventData) => acts.canDrag(asEntry(entry)),
    withEventResize: true,
    eventResizeInterval: STEP_MINUTES,
    canResizeEvent: (entry: ScheduleEventData) => acts.canResize(asEntry(entry)),
    onEventResize: ({ event, newStart, newEnd }: Resized) => acts.resizeEntry(asEntry(event), newStart, newEnd),
    onEventClick: (entry: ScheduleEventData) => acts.openEntry(asEntry(entry)),
    withInteractiveBackgroundEvents: true,
    onEventDrop: ({ event, newStart, resourceId }: Dropped) => {
      acts.dropEntry(asEntry(event), newStart, resourceId === undefined ? undefined : Number(resourceId));
    },
  };
}

interface Resized {
  event: ScheduleEventData;
  newStart: string;
  newEnd: string;
}

interface Dropped {
  event: ScheduleEventData;
  newStart: string;
  resourceId?: string | number;
}

/** The library hands entries back as it got them. */
export function asEntry(entry: ScheduleEventData): Entry {
  return entry as Entry;
}

/** The library has no 24:00. */
function timeOf(minute: Minute): string {
  return minute === MINUTES_PER_DAY ? "23:59:59" : `${clockOf(minute)}:00`;
}
