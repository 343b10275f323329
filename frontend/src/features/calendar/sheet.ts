import type { Appointment, Resource } from "@/api/shapes";
import { dateIn } from "@/time/zone";

import type { Calendar } from "./useCalendar";

/** What one resource has on a day. */
export interface SheetPart {
  resource: Resource;
  appointments: Appointment[];
}

/** Returns what each resource has on a date, in order of time; who has nothing is left out. */
export function sheetOf({ appointments, resources, zone }: Calendar, date: string): SheetPart[] {
  const ofDay = appointments
    .filter(({ start_at, status }) => status !== "cancelled" && dateIn(new Date(start_at), zone) === date)
    .sort((a, b) => Date.parse(a.start_at) - Date.parse(b.start_at));
  return resources
    .map((resource) => ({ resource, appointments: ofDay.filter((one) => one.resources.includes(resource.id)) }))
    .filter((part) => part.appointments.length > 0);
}
