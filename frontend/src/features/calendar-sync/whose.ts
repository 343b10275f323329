import type { Resource, User } from "@/api/shapes";

/** Stands for the whole business among resources, in forms. */
export const BUSINESS = "business";

/** Returns for whom somebody may connect calendars; null is the whole business. Staff may for themselves. */
export function whoseOf(resources: readonly Resource[], { id, role }: Pick<User, "id" | "role">): (Resource | null)[] {
  const inUse = resources.filter(({ is_active: isActive = true }) => isActive);
  return role === "staff" ? inUse.filter(({ user }) => user === id) : [null, ...inUse];
}

/** Returns whom a form begins with: oneself, or the only choice; nobody where it has to be chosen. */
export function firstWhose(resources: readonly Resource[], user: Pick<User, "id" | "role">): string {
  const choices = whoseOf(resources, user);
  const own = choices.find((resource) => resource?.user === user.id) ?? (choices.length === 1 ? choices[0] : undefined);
  return own === undefined ? "" : written(own);
}

/** Returns the id of a resource as a form has it, null for the whole business. */
export const resourceIdOf = (value: string) => (value === BUSINESS ? null : Number(value));

const written = (resource: Resource | null) => (resource === null ? BUSINESS : String(resource.id));
