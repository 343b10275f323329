import { useQuery } from "@tanstack/react-query";

import type { Slot } from "@/api/shapes";
import { addDays } from "@/time/dates";

import { availabilityQuery } from "./queries";

const DAYS_ASKED = 7;

interface Wanted {
  /** Null until it is chosen; nothing is asked for before. */
  serviceId: number | null;
  resourceId: number | undefined;
  from: string;
}

export interface FreeTimes {
  error: Error | null;
  isKnown: boolean;
  retry: () => void;
  /** The free times of a date, undefined until they are known. */
  slotsOn: (date: string) => Slot[] | undefined;
  /** The first date with a free time, undefined where there is none. */
  firstFree: string | undefined;
  /** Whether a time is known not to be among the free ones. */
  isTaken: (at: Date) => boolean;
}

/** Asks for the free times of the week that begins with a date. */
export function useFreeTimes({ serviceId, resourceId, from }: Wanted): FreeTimes {
  const to = addDays(from, DAYS_ASKED - 1);
  const { data, error, refetch } = useQuery({
    ...availabilityQuery({ serviceId: serviceId ?? 0, resourceId, from, to }),
    enabled: serviceId !== null,
  });
  const days = data?.days;
  return {
    error,
    isKnown: days !== undefined,
    retry: () => void refetch(),
    slotsOn: (date) => days?.find((day) => day.date === date)?.slots,
    firstFree: days?.find(({ slots }) => slots.length > 0)?.date,
    isTaken: (at) =>
      days !== undefined && !days.some(({ slots }) => slots.some(({ start }) => Date.parse(start) === at.getTime())),
  };
}
