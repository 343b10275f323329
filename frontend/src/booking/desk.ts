import { createContext, useContext } from "react";

import type { Appointment } from "@/api/shapes";

import type { Target } from "./requests";

/** What a new appointment begins with. */
export interface Prefill {
  startAt?: Date | undefined;
  resourceId?: number | undefined;
  serviceId?: number | undefined;
  customerId?: string | undefined;
}

/** A move that was refused because the time is taken, and when it would be free. */
export interface Conflict {
  appointment: Appointment;
  wanted: Target;
  alternatives: readonly Date[];
}

export interface BookingDesk {
  /** Opens the dialog that books an appointment. */
  book: (prefill?: Prefill) => void;
  /** Opens an appointment, to be looked at or with the choice of another time. */
  show: (appointmentId: string, start?: "move") => void;
  /** Offers other times for a move. */
  offer: (conflict: Conflict) => void;
}

export const BookingDeskContext = createContext<BookingDesk | null>(null);

/** Returns the way to book and to open appointments from anywhere. Throws outside the BookingDesk. */
export function useBookingDesk(): BookingDesk {
  const desk = useContext(BookingDeskContext);
  if (desk === null) throw new Error("useBookingDesk() is for screens inside the BookingDesk");
  return desk;
}
