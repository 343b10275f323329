import { type RefObject, useEffect, useMemo, useRef, useState } from "react";

import type { TimeOff } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { useBookingDesk } from "@/booking/desk";
import { text } from "@/text";
import { instantOf } from "@/time/localTime";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { isMovable, namesOf } from "./drop";
import { appointmentBy, type Entry, shownBy } from "./entries";
import { useBlock } from "./queries";
import type { Calendar } from "./useCalendar";
import { useDrop } from "./useDrop";

/** A stretch of free time that was marked; local times. */
export interface Range {
  start: string;
  end: string;
  resourceId: number | undefined;
  /** Where the pointer let go. */
  at: Point;
}

interface Point {
  x: number;
  y: number;
}

/** What blocked time begins with, or the time off that is changed. */
export type BlockDraft = Partial<Range> & { timeOff?: TimeOff };

/** What can be done on the grid, by pointer and by keyboard. */
export interface Acts {
  openEntry: (entry: Entry) => void;
  dropEntry: (entry: Entry, newStart: string, resourceId?: number) => void;
  resizeEntry: (entry: Entry, newStart: string, newEnd: string) => void;
  bookAt: (start: string, resourceId?: number) => void;
  markRange: (range: Omit<Range, "at">) => void;
  canDrag: (entry: Entry) => boolean;
  canResize: (entry: Entry) => boolean;
}

/** Whether the viewer may block time: that is for those who plan the work of others. */
export function useMayBlock(): boolean {
  return useViewer().user.role !== "staff";
}

export function useActs(calendar: Calendar) {
  const { zone, allResources } = calendar;
  const [range, setRange] = useState<Range | null>(null);
  const [block, setBlock] = useState<BlockDraft | null>(null);
  const { book, show } = useBookingDesk();
  const { drop, stretch, ...asking } = useDrop(calendar);
  const mayBlock = useMayBlock();
  const { mutate: saveBlock } = useBlock();
  const pointer = usePointer();
  const acts = useMemo<Acts>(
    () => ({
      openEntry: (entry) => {
        const shown = shownBy(entry);
        if (shown?.kind === "appointment") show(shown.appointment.id);
        if (shown?.kind === "off" && mayBlock) setBlock({ timeOff: shown.timeOff });
      },
      dropEntry: (entry, newStart, resourceId) => {
        const shown = appointmentBy(entry);
        if (!shown) return;
        const { appointment, resourceId: from } = shown;
        drop({ appointment, startAt: instantOf(newStart, zone), from, to: resourceId });
      },
      resizeEntry: (entry, newStart, newEnd) => {
        const shown = shownBy(entry);
        if (shown?.kind === "appointment") stretch(shown.appointment, instantOf(newStart, zone), instantOf(newEnd, zone));
        if (shown?.kind !== "off") return;
        const { id, resource = null, reason = "" } = shown.timeOff;
        const name = nameOf(resource, { allResources });
        const ends = { startAt: instantOf(newStart, zone), endAt: instantOf(newEnd, zone) };
        saveBlock(
          { id, resource, reason, ...ends },
          {
            onSuccess: () => notifyDone(text.calendar.block.changed(name)),
            onError: (error) => notifyFailure(text.calendar.block.failed, error.message),
          },
        );
      },
      bookAt: (start, resourceId) => book({ startAt: instantOf(start, zone), resourceId }),
      // Who may not block time can only mean to book it.
      markRange: (marked) => {
        if (mayBlock) setRange({ ...marked, at: pointer.current });
        else book({ startAt: instantOf(marked.start, zone), resourceId: marked.resourceId });
      },
      canDrag: (entry) => {
        const shown = appointmentBy(entry);
        return shown !== undefined && isMovable(shown.appointment);
      },
      canResize: (entry) => {
        const shown = shownBy(entry);
        if (shown?.kind === "appointment") return isMovable(shown.appointment);
        return mayBlock && shown?.kind === "off" && shown.isWhole && shown.timeOff.source === "manual";
      },
    }),
    [show, book, drop, stretch, mayBlock, saveBlock, zone, allResources, pointer],
  );
  return { acts, drop, range, setRange, block, setBlock, ...asking };
}

/** Returns whose time off it is. */
export function nameOf(resourceId: number | null, { allResources }: Pick<Calendar, "allResources">): string {
  return resourceId === null ? text.calendar.block.everybody : namesOf([resourceId], allResources);
}

/** Remembers where the pointer was let go last: the library says only which time was marked. */
function usePointer(): RefObject<Point> {
  const pointer = useRef<Point>({ x: 0, y: 0 });
  useEffect(() => {
    const remember = ({ clientX, clientY }: PointerEvent) => {
      pointer.current = { x: clientX, y: clientY };
    };
    window.addEventListener("pointerup", remember, { capture: true });
    return () => window.removeEventListener("pointerup", remember, { capture: true });
  }, []);
  return pointer;
}
