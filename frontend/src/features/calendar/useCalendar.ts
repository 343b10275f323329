import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { resourcesQuery, servicesQuery } from "@/api/scheduling";
import type { Appointment, Resource, Service, TimeOff } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { firstWeekday } from "@/time/format";
import { dayOn } from "@/time/zone";

import { type Address, resourcesShown } from "./address";
import type { BusyOrigin } from "./busy";
import type { Timetable } from "./hours";
import { calendarQuery, timeOffQuery, timetableQuery } from "./queries";
import { datesOf } from "./span";
import { useOrigins } from "./useOrigins";

/** What a calendar is drawn from. */
export interface Calendar {
  zone: string;
  /** The dates that are shown, in order. */
  dates: readonly string[];
  appointments: readonly Appointment[];
  timetable: Timetable;
  timeOff: readonly TimeOff[];
  /** The calendars that time off comes from, by its id. */
  origins: ReadonlyMap<number, BusyOrigin>;
  /** Those that are shown, in the order of their rows. */
  resources: readonly Resource[];
  allResources: readonly Resource[];
  services: ReadonlyMap<number, Service>;
}

/** Loads what the address asks for. `calendar` is null until all of it is there. */
export function useCalendar(address: Address) {
  const zone = useViewer().business.timezone;
  const { view, date } = address;
  const dates = useMemo(() => datesOf(view, date, firstWeekday()), [view, date]);
  const span = useMemo(() => spanOf(dates, zone), [dates, zone]);
  const appointments = useQuery(calendarQuery(span));
  const timetable = useQuery(timetableQuery(span.first, span.last));
  const timeOff = useQuery(timeOffQuery(span));
  const resources = useQuery(resourcesQuery);
  const services = useQuery(servicesQuery);
  const origins = useOrigins(timeOff.data, span);
  const calendar = useMemo<Calendar | null>(() => {
    if (!appointments.data || !timetable.data || !timeOff.data || !resources.data || !services.data) return null;
    return {
      zone,
      dates,
      appointments: address.withCancelled ? appointments.data : appointments.data.filter(isOn),
      timetable: timetable.data,
      timeOff: timeOff.data,
      origins,
      resources: resourcesShown(resources.data, address),
      allResources: resources.data,
      services: new Map(services.data.map((service) => [service.id, service])),
    };
  }, [zone, dates, address, appointments.data, timetable.data, timeOff.data, origins, resources.data, services.data]);
  const all = [appointments, timetable, timeOff, resources, services];
  return {
    calendar,
    error: all.find((query) => query.error)?.error ?? null,
    isRenewing: all.some((query) => query.isPlaceholderData),
    retry: () => {
      for (const query of all) if (query.error) void query.refetch();
    },
  };
}

function spanOf(dates: readonly string[], zone: string) {
  const first = dates[0] ?? "";
  const last = dates.at(-1) ?? first;
  return { first, last, startAt: dayOn(first, zone).startAt, endAt: dayOn(last, zone).endAt };
}

const isOn = ({ status }: Appointment) => status !== "cancelled";
