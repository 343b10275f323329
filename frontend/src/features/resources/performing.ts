import type { Resource, Service } from "@/api/shapes";

type Groups = readonly (readonly number[])[];

/** Which group of a service somebody takes a place in: its position, or `new` for one in addition; null for none. */
export type Place = number | "new" | null;

/** Returns the place somebody has in a service. */
export function placeIn({ resource_groups: groups = [] }: Service, resourceId: number): Place {
  const position = groups.findIndex((group) => group.includes(resourceId));
  return position === -1 ? null : position;
}

/** Returns the place somebody would most likely take: the group with the most of their own type. */
export function likelyPlace({ resource_groups: groups = [] }: Service, type: Resource["type"], all: readonly Resource[]): Place {
  const typeOf = (id: number) => all.find((resource) => resource.id === id)?.type;
  const alike = groups.map((group) => group.filter((id) => typeOf(id) === type).length);
  const most = Math.max(0, ...alike);
  return most === 0 ? "new" : alike.indexOf(most);
}

/** Returns the groups with somebody in another place. A group nobody is left in goes. */
export function withPlace(groups: Groups, resourceId: number, place: Place): number[][] {
  const others = groups.map((group) => group.filter((id) => id !== resourceId));
  const joined = others.map((group, position) => (position === place ? [...group, resourceId] : group));
  return [...joined, ...(place === "new" ? [[resourceId]] : [])].filter((group) => group.length > 0);
}

/** Whether nobody else is in the group in which somebody has their place. */
export function isAlone({ resource_groups: groups = [] }: Service, resourceId: number): boolean {
  return groups.some((group) => group.length === 1 && group[0] === resourceId);
}
