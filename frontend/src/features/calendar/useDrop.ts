import { useCallback, useState } from "react";

import type { Appointment } from "@/api/shapes";
import { type Move, useMove } from "@/booking/mutations";
import { isAboutHours } from "@/booking/refusals";
import { text } from "@/text";
import { notifyFailure } from "@/ui/notifyFailure";

import { answerTo, type Drop, namesOf } from "./drop";
import type { Calendar } from "./useCalendar";

const MINUTE_MS = 60_000;

/** A move that was refused for reasons of hours, which staff may set aside. */
export interface Outside {
  move: Move;
  reason: string;
}

/**
 * Returns what lets an appointment go somewhere: it moves there, unless whoever it is given to cannot do it; and what
 * makes it longer or shorter. `outside` is set while it has to be asked whether hours may be set aside.
 */
export function useDrop({ services, allResources }: Calendar) {
  const { mutate } = useMove();
  const [outside, setOutside] = useState<Outside | null>(null);
  const move = useCallback(
    (wanted: Move) =>
      mutate(
        { ...wanted, isAsking: true },
        { onError: (error) => isAboutHours(error) && setOutside({ move: wanted, reason: error.message }) },
      ),
    [mutate],
  );
  const drop = useCallback(
    (wish: Drop) => {
      const answer = answerTo(wish, services.get(wish.appointment.service));
      if (answer.kind === "unable") {
        const name = namesOf([answer.resourceId], allResources);
        notifyFailure(text.calendar.unable(name, wish.appointment.service_name), text.calendar.unableBody);
      }
      if (answer.kind === "move") {
        const { appointment, startAt, resources } = answer;
        move({ appointment, startAt, ...(resources && { resources }) });
      }
    },
    [move, services, allResources],
  );
  const stretch = useCallback(
    (appointment: Appointment, startAt: Date, endAt: Date) =>
      move({ appointment, startAt, durationMinutes: (endAt.getTime() - startAt.getTime()) / MINUTE_MS }),
    [move],
  );
  const moveAnyway = ({ move: refused }: Outside) => mutate({ ...refused, allowOutsideHours: true });
  return { drop, stretch, outside, setOutside, moveAnyway };
}
