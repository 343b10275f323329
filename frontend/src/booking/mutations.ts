import {
  mutationOptions,
  type MutationOptions,
  type QueryClient,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";

import { entitlementsKey } from "@/api/entitlements";
import type { Appointment } from "@/api/shapes";
import { text } from "@/text";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { type Act, canUndo, outcomes } from "./acts";
import { remember, renew, show } from "./cache";
import { type Conflict, useBookingDesk } from "./desk";
import { appointmentsKey } from "./queries";
import { freeInstead, isAboutHours, isStale } from "./refusals";
import { book, type Booking, edit, type Edit, perform, reschedule, type Target } from "./requests";
import { asChangedHere, succeeded } from "./versions";

const changeKey = ["appointment change"];
/** Changes are sent one after the other: the second of two may be meant for what the first makes. */
const scope = { id: "appointment change" };

/** Books an appointment. `key` stays the same for as long as the same booking is tried. */
export function useBook() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ booking, key }: { booking: Booking; key: string }) => book(booking, key),
    onSuccess: async (made) => {
      remember(client, made);
      await Promise.all([renew(client), client.invalidateQueries({ queryKey: entitlementsKey })]);
    },
  });
}

export interface Move extends Target {
  appointment: Appointment;
  /** Whether this takes back a move. */
  isUndo?: true;
  /** Whether whoever moves asks, on a refusal for reasons of hours, if they may be set aside; nothing is told then. */
  isAsking?: true;
}

/** Moves an appointment: shown at once, taken back if the server refuses. A time that is taken offers others. */
export function useMove() {
  const client = useQueryClient();
  const { offer } = useBookingDesk();
  return useMutation(moveOptions(client, offer));
}

export interface ActRequest {
  appointment: Appointment;
  act: Act;
  /** Why it is cancelled; kept in its history. */
  reason?: string;
}

/** Does something with an appointment: shown at once, taken back if the server refuses. */
export function useAct() {
  const client = useQueryClient();
  return useMutation(actOptions(client));
}

export interface EditRequest extends Edit {
  appointment: Appointment;
}

/** Changes an appointment's notes or customer. */
export function useEdit() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: changeKey,
    scope,
    mutationFn: ({ appointment, ...changes }: EditRequest) => edit(asChangedHere(appointment), changes),
    onSuccess: (changed, { appointment }) => {
      succeeded(appointment, changed);
      show(client, changed);
    },
    onSettled: () => renewAfterLast(client),
  });
}

function moveOptions(client: QueryClient, offer: (conflict: Conflict) => void) {
  return mutationOptions({
    mutationKey: changeKey,
    scope,
    mutationFn: ({ appointment, ...target }: Move) => reschedule(asChangedHere(appointment), target),
    onMutate: ({ appointment, startAt, resources, durationMinutes = minutesOf(appointment) }) => {
      return showAhead(client, {
        ...appointment,
        start_at: startAt.toISOString(),
        end_at: new Date(startAt.getTime() + durationMinutes * MINUTE_MS).toISOString(),
        resources: resources === undefined || resources.length === 0 ? appointment.resources : resources,
      });
    },
    onSuccess: (moved, { appointment, durationMinutes, isUndo }) => {
      succeeded(appointment, moved);
      show(client, moved);
      if (moved.version === appointment.version) return;
      const { start_at, resources } = appointment;
      const back: Move = {
        appointment: moved,
        startAt: new Date(start_at),
        resources,
        allowOutsideHours: true,
        ...(durationMinutes !== undefined && { durationMinutes: minutesOf(appointment) }),
        isUndo: true,
      };
      const undo = () => run(client, moveOptions(client, offer), back);
      notifyDone(text.booking.moved(moved.customer_name, isUndo === true), isUndo ? undefined : undo);
    },
    onError: (error, { appointment, isAsking, startAt, resources, allowOutsideHours, durationMinutes }) => {
      show(client, appointment);
      const alternatives = freeInstead(error);
      const wanted = { startAt, resources, allowOutsideHours, durationMinutes };
      if (alternatives) offer({ appointment, wanted, alternatives });
      else if (!isAsking || !isAboutHours(error)) notifyRefusal(error, text.booking.notMoved(appointment.customer_name));
    },
    onSettled: () => renewAfterLast(client),
  });
}

function actOptions(client: QueryClient) {
  return mutationOptions({
    mutationKey: changeKey,
    scope,
    mutationFn: ({ appointment, act, reason }: ActRequest) => perform(asChangedHere(appointment), act, reason),
    onMutate: ({ appointment, act }) => showAhead(client, { ...appointment, status: outcomes[act] }),
    onSuccess: (changed, { appointment, act }) => {
      succeeded(appointment, changed);
      show(client, changed);
      const message = text.booking.done[act](changed.customer_name);
      const undo = () => run(client, actOptions(client), { appointment: changed, act: "reopen" });
      notifyDone(message, canUndo(act, changed, new Date()) ? undo : undefined);
    },
    onError: (error, { appointment }) => {
      show(client, appointment);
      notifyRefusal(error, text.booking.notChanged(appointment.customer_name));
    },
    onSettled: () => renewAfterLast(client),
  });
}

const MINUTE_MS = 60_000;

function minutesOf({ start_at, end_at }: Appointment): number {
  return (Date.parse(end_at) - Date.parse(start_at)) / MINUTE_MS;
}

/** Shows an appointment as it will stand; what is being asked for would show it as it stood. */
async function showAhead(client: QueryClient, appointment: Appointment): Promise<void> {
  await client.cancelQueries({ queryKey: appointmentsKey });
  show(client, appointment);
}

function notifyRefusal(error: Error, title: string): void {
  notifyFailure(title, isStale(error) ? text.booking.stale : error.message);
}

/** Runs a change that outlives the part of the screen that began it, such as an undo in a toast. */
function run<Request>(
  client: QueryClient,
  options: MutationOptions<Appointment, Error, Request, void>,
  request: Request,
): void {
  // What it is refused for, the options tell.
  client.getMutationCache().build(client, options).execute(request).catch(() => undefined);
}

/** Asks anew once nothing is under way: an answer from before the last change would show it undone for a moment. */
async function renewAfterLast(client: QueryClient): Promise<void> {
  if (client.isMutating({ mutationKey: changeKey }) <= 1) await renew(client);
}
