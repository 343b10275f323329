import { addDays } from "@/time/dates";
import { instantOf, localTimeOf, minuteOfDay } from "@/time/localTime";
import { clockOf, MINUTES_PER_DAY, type Minute } from "@/time/wallClock";

import type { Block } from "./queries";
import type { BlockDraft } from "./useActs";

/** What the form about blocked time holds. Without times it is about whole days, the last one included. */
export interface BlockForm {
  resource: number | null;
  isWholeDays: boolean;
  startDate: string;
  startMinute: Minute | null;
  endDate: string;
  endMinute: Minute | null;
  reason: string;
}

interface Standing {
  zone: string;
  /** The date on which a new block lies, and whose it is, where nothing says otherwise. */
  date: string;
  resourceId: number | null;
}

const NOON: Minute = 12 * 60;
const HOUR: Minute = 60;

/** Returns the form that a draft begins with. */
export function formOf(draft: BlockDraft, { zone, date, resourceId }: Standing): BlockForm {
  const { timeOff, start, end } = draft;
  if (timeOff) {
    const ends = [timeOff.start_at, timeOff.end_at].map((instant) => localTimeOf(new Date(instant), zone));
    const { resource = null, reason = "" } = timeOff;
    return { ...endsOf(ends[0] ?? "", ends[1] ?? ""), resource, reason };
  }
  const ends = start && end ? endsOf(start, end) : endsOf(`${date} ${clockOf(NOON)}:00`, `${date} ${clockOf(NOON + HOUR)}:00`);
  return { ...ends, resource: draft.resourceId ?? resourceId, reason: "" };
}

/** A midnight that ends something belongs to the day before. */
function endsOf(start: string, end: string): Omit<BlockForm, "resource" | "reason"> {
  const endsAtMidnight = minuteOfDay(end) === 0;
  return {
    isWholeDays: minuteOfDay(start) === 0 && endsAtMidnight,
    startDate: start.slice(0, 10),
    startMinute: minuteOfDay(start),
    endDate: endsAtMidnight ? addDays(end.slice(0, 10), -1) : end.slice(0, 10),
    endMinute: endsAtMidnight ? MINUTES_PER_DAY : minuteOfDay(end),
  };
}

/** Returns the time to block, or what is wrong with the form. */
export function blockOf(form: BlockForm, zone: string): Block | "incomplete" | "order" {
  const { resource, reason, isWholeDays, startDate, endDate } = form;
  const startMinute = isWholeDays ? 0 : form.startMinute;
  const endMinute = isWholeDays ? MINUTES_PER_DAY : form.endMinute;
  if (startMinute === null || endMinute === null) return "incomplete";
  const startAt = instantOf(`${startDate} ${clockOf(startMinute)}:00`, zone);
  const isMidnight = endMinute === MINUTES_PER_DAY;
  const endAt = instantOf(isMidnight ? `${addDays(endDate, 1)} 00:00:00` : `${endDate} ${clockOf(endMinute)}:00`, zone);
  if (startAt >= endAt) return "order";
  return { resource, startAt, endAt, reason: reason.trim() };
}
