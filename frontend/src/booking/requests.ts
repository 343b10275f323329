import { api, bodyOf } from "@/api/client";
import type { Appointment } from "@/api/shapes";

import type { Act } from "./acts";

export interface Booking {
  serviceId: number;
  customerId: string;
  startAt: Date;
  /** Empty: any that are able and free. */
  resources: number[];
  notes: string;
  allowOutsideHours: boolean;
}

/** Books. The same booking sent again with the same `key` books nothing more and gets the same answer. */
export function book(booking: Booking, key: string): Promise<Appointment> {
  const body = {
    service: booking.serviceId,
    customer: booking.customerId,
    start_at: booking.startAt.toISOString(),
    resources: booking.resources,
    notes: booking.notes,
    allow_outside_hours: booking.allowOutsideHours,
  };
  return bodyOf(api.POST("/api/appointments/", { params: { header: { "Idempotency-Key": key } }, body }));
}

export interface Target {
  startAt: Date;
  /** Missing: it stays with those it has. Empty: any that are able and free. */
  resources?: number[] | undefined;
  allowOutsideHours?: boolean | undefined;
  /** Missing: it stays as long as it is. */
  durationMinutes?: number | undefined;
}

/** Moves the appointment, unless somebody else changed it meanwhile. */
export function reschedule(appointment: Appointment, target: Target) {
  const { startAt, resources, allowOutsideHours, durationMinutes } = target;
  const body = {
    start_at: startAt.toISOString(),
    allow_outside_hours: allowOutsideHours ?? false,
    ...(resources === undefined ? {} : { resources }),
    ...(durationMinutes === undefined ? {} : { duration_minutes: durationMinutes }),
  };
  return bodyOf<Appointment>(api.POST("/api/appointments/{id}/reschedule/", { ...as(appointment), body }));
}

export interface Edit {
  notes?: string;
  customer?: string;
}

/** Changes notes or customer, unless somebody else changed the appointment meanwhile. */
export function edit(appointment: Appointment, body: Edit) {
  return bodyOf<Appointment>(api.PATCH("/api/appointments/{id}/", { ...as(appointment), body }));
}

const send = {
  confirm: (appointment: Appointment) => api.POST("/api/appointments/{id}/confirm/", as(appointment)),
  complete: (appointment: Appointment) => api.POST("/api/appointments/{id}/complete/", as(appointment)),
  "no-show": (appointment: Appointment) => api.POST("/api/appointments/{id}/no-show/", as(appointment)),
  cancel: (appointment: Appointment, reason: string) =>
    api.POST("/api/appointments/{id}/cancel/", { ...as(appointment), body: { reason } }),
  reopen: (appointment: Appointment) => api.POST("/api/appointments/{id}/reopen/", as(appointment)),
};

/** Does something with the appointment, unless somebody else changed it meanwhile. */
export function perform(appointment: Appointment, act: Act, reason = "") {
  return bodyOf<Appointment>(send[act](appointment, reason));
}

/** Names an appointment, and the version that the change is meant for. */
function as({ id, version }: Appointment) {
  return { params: { path: { id } }, headers: { "If-Match": `"${version}"` } };
}
