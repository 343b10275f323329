import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";

import { type BookingDesk as Desk, BookingDeskContext, type Conflict, type Prefill } from "./desk";

const BookingDialog = lazy(() => import("./dialogs/BookingDialog"));
const AppointmentDrawer = lazy(() => import("./dialogs/AppointmentDrawer"));
const AlternativesDialog = lazy(() => import("./dialogs/AlternativesDialog"));

/** What lies open. The number tells one opening from the next, so that each begins afresh. */
interface Opening<What> {
  what: What;
  number: number;
  isOpen: boolean;
}

/** Surrounds the screens with the dialogs that book, show and move appointments; their code is loaded when needed. */
export function BookingDesk({ children }: { children: ReactNode }) {
  const [prefill, openBooking, closeBooking] = useOpening<Prefill>();
  const [appointment, openAppointment, closeAppointment] = useOpening<{ id: string; isMoving: boolean }>();
  const [conflict, openConflict, closeConflict] = useOpening<Conflict>();
  const desk = useMemo<Desk>(
    () => ({
      book: (wanted = {}) => openBooking(wanted),
      show: (id, start) => openAppointment({ id, isMoving: start === "move" }),
      offer: openConflict,
    }),
    [openBooking, openAppointment, openConflict],
  );
  return (
    <BookingDeskContext value={desk}>
      {children}
      {/* A boundary each: while the code of one is on its way, the others must stay as they are. */}
      <Suspense fallback={null}>
        {appointment && (
          <AppointmentDrawer
            key={appointment.number}
            id={appointment.what.id}
            isMoving={appointment.what.isMoving}
            isOpen={appointment.isOpen}
            onClose={closeAppointment}
          />
        )}
      </Suspense>
      <Suspense fallback={null}>
        {prefill && (
          <BookingDialog key={prefill.number} prefill={prefill.what} isOpen={prefill.isOpen} onClose={closeBooking} />
        )}
      </Suspense>
      <Suspense fallback={null}>
        {conflict && (
          <AlternativesDialog
            key={conflict.number}
            conflict={conflict.what}
            isOpen={conflict.isOpen}
            onClose={closeConflict}
          />
        )}
      </Suspense>
    </BookingDeskContext>
  );
}

/** Keeps what was opened last, so that it keeps its words while it closes. */
function useOpening<What>() {
  const [opening, setOpening] = useState<Opening<What> | null>(null);
  const [open, close] = useMemo(
    () => [
      (what: What) => setOpening((last) => ({ what, number: (last?.number ?? 0) + 1, isOpen: true })),
      () => setOpening((last) => last && { ...last, isOpen: false }),
    ],
    [],
  );
  return [opening, open, close] as const;
}
