import type { Appointment, Resource, Service } from "@/api/shapes";

/** Where an appointment is let go. */
export interface Drop {
  appointment: Appointment;
  startAt: Date;
  /** The resource it was taken from and the one it is given to, where the view tells them apart. */
  from?: number | undefined;
  to?: number | undefined;
}

export type Answer =
  | { kind: "move"; appointment: Appointment; startAt: Date; resources?: number[] }
  | { kind: "nothing" }
  | { kind: "unable"; resourceId: number };

/**
 * Returns what letting an appointment go there means. A resource takes another's place only where both can fill the
 * same need of the service: a stylist for a stylist, never a room.
 */
export function answerTo({ appointment, startAt, from, to }: Drop, service: Service | undefined): Answer {
  const stays = startAt.getTime() === Date.parse(appointment.start_at);
  if (from === undefined || to === undefined || from === to) {
    return stays ? { kind: "nothing" } : { kind: "move", appointment, startAt };
  }
  const group = service?.resource_groups?.find((ids) => ids.includes(from));
  if (group?.includes(to) === false || appointment.resources.includes(to)) return { kind: "unable", resourceId: to };
  const resources = appointment.resources.map((id) => (id === from ? to : id));
  return { kind: "move", appointment, startAt, resources };
}

/** Whether an appointment can be given another time: one that is settled keeps the one it had. */
export function isMovable({ status }: Pick<Appointment, "status">): boolean {
  return status === "pending" || status === "confirmed";
}

/** Returns the names of some resources, in the order of the ids. */
export function namesOf(ids: readonly number[], resources: readonly Resource[]): string {
  return ids.flatMap((id) => resources.find((resource) => resource.id === id)?.name ?? []).join(", ");
}
