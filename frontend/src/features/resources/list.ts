import type { Resource, Service, WorkingHours } from "@/api/shapes";
import { minuteOf } from "@/time/wallClock";

export const RESOURCE_TYPES = ["staff", "room", "equipment"] as const;

/** A resource with what the list says about it. */
export interface ListedResource {
  resource: Resource;
  servicesCount: number;
  /** How long its own hours are in a week; 0 where it works in the business's. */
  ownMinutes: number;
}

interface Catalogue {
  resources: readonly Resource[];
  services: readonly Service[];
  hours: readonly WorkingHours[];
}

export interface ListState {
  search: string;
  type: string;
  state: string;
  ordering: string;
}

/** Returns the resources to be shown, in order. */
export function listed({ resources, services, hours }: Catalogue, wanted: ListState): ListedResource[] {
  return resources
    .filter((resource) => fits(resource, wanted))
    .map((resource) => ({
      resource,
      servicesCount: servicesOf(resource.id, services).length,
      ownMinutes: minutesOf(hours.filter((interval) => interval.resource === resource.id)),
    }))
    .sort(by(wanted.ordering));
}

function minutesOf(hours: readonly WorkingHours[]): number {
  return hours.reduce((sum, { opens, closes }) => sum + minuteOf(closes) - minuteOf(opens), 0);
}

/** Returns the services somebody performs. */
export function servicesOf(resourceId: number, services: readonly Service[]): Service[] {
  return services.filter(({ resources = [] }) => resources.includes(resourceId));
}

function fits({ name, type, is_active }: Resource, { search, type: wantedType, state }: ListState): boolean {
  if (!name.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase())) return false;
  if (wantedType !== "all" && type !== wantedType) return false;
  return state === "all" || is_active === (state === "active");
}

const values: Record<string, (row: ListedResource) => string | number> = {
  name: ({ resource }) => resource.name.toLocaleLowerCase(),
  type: ({ resource }) => RESOURCE_TYPES.findIndex((type) => type === resource.type),
  capacity: ({ resource }) => resource.max_concurrent_events ?? 1,
  services: ({ servicesCount }) => servicesCount,
  hours: ({ ownMinutes }) => ownMinutes,
};

/** Compares by a column, rows that are equal there by their names. */
function by(ordering: string) {
  const isDown = ordering.startsWith("-");
  const column = values[isDown ? ordering.slice(1) : ordering] ?? nameOf;
  return (one: ListedResource, other: ListedResource) =>
    (isDown ? -1 : 1) * compare(column(one), column(other)) || compare(nameOf(one), nameOf(other));
}

const nameOf = ({ resource }: ListedResource) => resource.name.toLocaleLowerCase();

function compare(one: string | number, other: string | number): number {
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other));
}
