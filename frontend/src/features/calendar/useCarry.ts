import { type RefObject, useCallback, useEffect, useEffectEvent, useRef, useState } from "react";

import { carriedOn, isArrow, type Layout } from "./carry";
import { isMovable } from "./drop";
import { appointmentBy, type Carried, type Entry } from "./entries";

interface Ground {
  carried: Carried | null;
  setCarried: (carried: Carried | null) => void;
  entries: readonly Entry[];
  layout: Layout;
  zone: string;
  rows: readonly number[];
  onDrop: (carried: Carried) => void;
}

/**
 * Moves appointments by keyboard, as a pointer drags them: Shift with an arrow lifts the one that has the focus, arrows
 * move it on, Enter lets it go, Escape puts it back. Returns what ends it.
 */
export function useCarry(board: RefObject<HTMLElement | null>, ground: Ground) {
  const { carried, setCarried, entries, layout, zone, rows, onDrop } = ground;
  const focused = useRef<string | undefined>(undefined);
  useEffect(() => {
    // In another row the appointment is another element, which has to be given the focus again.
    if (carried) board.current?.querySelector<HTMLElement>(`[data-event-id="${focused.current ?? ""}"]`)?.focus();
  }, [board, carried]);

  const end = (isDropped: boolean) => {
    if (carried && isDropped) onDrop(carried);
    setCarried(null);
  };

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const id = entryIdAt(event.target);
    if (id === undefined) return;
    if (carried && (event.key === "Enter" || event.key === "Escape")) {
      event.preventDefault();
      end(event.key === "Enter");
    }
    if (!isArrow(event.key) || (!carried && !event.shiftKey)) return;
    const lifted = carried ?? liftedFrom(entries, id);
    if (!lifted) return;
    event.preventDefault();
    focused.current = id;
    setCarried(carriedOn(lifted, event.key, { layout, zone, rows }));
  });
  useEffect(() => {
    const element = board.current;
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    element?.addEventListener("keydown", listener);
    return () => element?.removeEventListener("keydown", listener);
  }, [board]);
  return end;
}

/** Keeps what is carried; nothing is once another page of the calendar is shown. */
export function useCarried(page: string) {
  const [held, setHeld] = useState<{ carried: Carried; page: string } | null>(null);
  const setCarried = useCallback((carried: Carried | null) => setHeld(carried && { carried, page }), [page]);
  return [held?.page === page ? held.carried : null, setCarried] as const;
}

function entryIdAt(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest<HTMLElement>("[data-event-id]")?.dataset.eventId;
}

function liftedFrom(entries: readonly Entry[], id: string): Carried | null {
  const entry = entries.find((candidate) => String(candidate.id) === id);
  const shown = entry && appointmentBy(entry);
  if (!shown || !isMovable(shown.appointment)) return null;
  const { appointment, resourceId } = shown;
  return { appointment, from: resourceId, to: resourceId, startAt: new Date(appointment.start_at) };
}
