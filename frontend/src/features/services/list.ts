import type { Resource, Service } from "@/api/shapes";

export interface ListState {
  search: string;
  state: string;
  /** The id of who performs it, empty for anybody. */
  by: string;
  ordering: string;
}

/** Returns the services to be shown, in order. */
export function listed(services: readonly Service[], wanted: ListState): Service[] {
  return services.filter((service) => fits(service, wanted)).sort(byColumn(wanted.ordering));
}

/** Returns how long a service takes a resource, with what is kept free around it. */
export function blockedMinutes(service: Service): number {
  const { duration_minutes, buffer_before_minutes = 0, buffer_after_minutes = 0 } = service;
  return buffer_before_minutes + duration_minutes + buffer_after_minutes;
}

/** Returns the names of those who perform a service, by its groups. */
export function performersOf({ resource_groups: groups = [] }: Service, resources: readonly Resource[]): string[][] {
  const nameOf = (id: number) => resources.find((resource) => resource.id === id)?.name ?? [];
  return groups.map((group) => group.flatMap(nameOf)).filter((names) => names.length > 0);
}

function fits({ name, description = "", is_active, resources = [] }: Service, { search, state, by }: ListState): boolean {
  const term = search.trim().toLocaleLowerCase();
  if (![name, description].some((words) => words.toLocaleLowerCase().includes(term))) return false;
  if (by !== "" && !resources.includes(Number(by))) return false;
  return state === "all" || is_active === (state === "active");
}

const columns: Record<string, (one: Service, other: Service) => number> = {
  name: byName,
  duration_minutes: (one, other) => one.duration_minutes - other.duration_minutes,
  price_cents: (one, other) => (one.price_cents ?? 0) - (other.price_cents ?? 0),
};

/** Compares by a column, rows that are equal there by their names. */
function byColumn(ordering: string) {
  const isDown = ordering.startsWith("-");
  const compare = columns[isDown ? ordering.slice(1) : ordering] ?? byName;
  return (one: Service, other: Service) => (isDown ? -1 : 1) * compare(one, other) || byName(one, other);
}

function byName(one: Service, other: Service): number {
  return one.name.localeCompare(other.name);
}
