import { useCallback, useMemo } from "react";

import type { Resource } from "@/api/shapes";
import { paths } from "@/paths";
import { isDate } from "@/time/dates";
import { useUrlState } from "@/ui/useUrlState";

import { type View, views } from "./span";

const DEFAULTS = { view: "day", date: "", resource: [] as string[], type: "", cancelled: false, hours: "" };

export const types = ["staff", "room", "equipment"] as const;
export type Type = (typeof types)[number];

/** What the calendar shows, as its address says it. */
export interface Address {
  view: View;
  date: string;
  /** None: all of the type. */
  resourceIds: readonly number[];
  type: Type | null;
  withCancelled: boolean;
  /** Whether the hours outside the working hours are drawn too. */
  withAllHours: boolean;
}

/** Keeps what the calendar shows in its address; what makes no sense there is as if it were absent. */
export function useAddress(today: string) {
  const [found, write] = useUrlState(DEFAULTS);
  const address = useMemo(() => read(found, today), [found, today]);
  const change = useCallback(
    (changed: Partial<Address>) => {
      write(written(changed, today));
    },
    [write, today],
  );
  return [address, change] as const;
}

type Found = ReturnType<typeof useUrlState<typeof DEFAULTS>>[0];

function read(found: Found, today: string): Address {
  return {
    view: views.find((view) => view === found.view) ?? "day",
    date: isDate(found.date) ? found.date : today,
    resourceIds: found.resource.map(Number).filter((id) => Number.isSafeInteger(id) && id > 0),
    type: types.find((type) => type === found.type) ?? null,
    withCancelled: found.cancelled,
    withAllHours: found.hours === "all",
  };
}

function written(changed: Partial<Address>, today: string): Partial<Found> {
  const { view, date, resourceIds, type, withCancelled, withAllHours } = changed;
  return {
    ...(view && { view }),
    ...(date && { date: date === today ? "" : date }),
    ...(resourceIds && { resource: resourceIds.map(String) }),
    ...(type !== undefined && { type: type ?? "" }),
    ...(withCancelled !== undefined && { cancelled: withCancelled }),
    ...(withAllHours !== undefined && { hours: withAllHours ? "all" : "" }),
  };
}

/** Returns where the sheet of the day that is shown is printed, for whom is shown. */
export function sheetPath({ date, type, resourceIds }: Address): string {
  const who = [...(type ? [["type", type]] : []), ...resourceIds.map((id) => ["resource", String(id)])];
  return `${paths.daySheet}?${new URLSearchParams([["date", date], ...who]).toString()}`;
}

/** Returns the resources that the address asks for: those that can be booked, or are named; staff before rooms. */
export function resourcesShown(resources: readonly Resource[], { resourceIds, type }: Address): Resource[] {
  const named = resources.filter(({ id }) => resourceIds.includes(id));
  const shown = named.length > 0 ? named : resources.filter(({ is_active }) => is_active !== false);
  return shown
    .filter((resource) => type === null || typeOf(resource) === type)
    .sort((a, b) => types.indexOf(typeOf(a)) - types.indexOf(typeOf(b)) || a.name.localeCompare(b.name));
}

export function typeOf({ type }: Resource): Type {
  return type ?? "staff";
}
