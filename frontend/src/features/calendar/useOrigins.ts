import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { busyQuery } from "@/api/calendarSync";
import type { TimeOff } from "@/api/shapes";
import { usePlanFeatures } from "@/plan/usePlanFeatures";

import { type BusyOrigin, originsOf } from "./busy";

const NONE: ReadonlyMap<number, BusyOrigin> = new Map();
const MOST_DAYS = 62;
const DAY_MS = 24 * 3_600_000;

interface Span {
  startAt: Date;
  endAt: Date;
}

/** Returns the calendars that time off comes from; asked for only where some comes from any. */
export function useOrigins(timeOff: readonly TimeOff[] | undefined, span: Span): ReadonlyMap<number, BusyOrigin> {
  const isAllowed = usePlanFeatures().canUse("can_use_calendar_sync");
  const isShort = span.endAt.getTime() - span.startAt.getTime() <= MOST_DAYS * DAY_MS;
  const isNeeded = timeOff?.some(({ source }) => source === "calendar") ?? false;
  const { data: busy } = useQuery({ ...busyQuery(span), enabled: isAllowed && isNeeded && isShort });
  return useMemo(() => (timeOff && busy ? originsOf(timeOff, busy) : NONE), [timeOff, busy]);
}
