import type { Member, Role } from "@/api/shapes";

/** Whoever looks at the team. */
export interface Looker {
  id: number;
  role: Role;
}

const ROLES: readonly Role[] = ["owner", "manager", "staff"];

/** Returns the roles somebody may give: only owners make owners. */
export function rolesToGive(by: Role): readonly Role[] {
  if (by === "owner") return ROLES;
  return by === "manager" ? ROLES.filter((role) => role !== "owner") : [];
}

/** Whether the looker may change somebody with this role, or an invitation with it: only owners change owners. */
export function mayReach(by: Role, role: Role): boolean {
  return rolesToGive(by).includes(role);
}

/** Whether nobody would be left to own the business without this member. */
export function isLastOwner(member: Member, members: readonly Member[]): boolean {
  const owners = members.filter(({ role, is_active: isActive }) => role === "owner" && isActive);
  return owners.length === 1 && owners[0]?.id === member.id;
}

/** What may be changed about a member. The server holds the same rules; this spares asking in vain. */
export interface Reach {
  role: boolean;
  deactivate: boolean;
  reactivate: boolean;
}

export function reachOf(looker: Looker, member: Member, members: readonly Member[]): Reach {
  const isActive = member.is_active ?? true;
  const isReached = mayReach(looker.role, member.role);
  const isNeeded = isLastOwner(member, members);
  return {
    role: isReached && isActive && !isNeeded,
    // Nobody shuts themselves out: somebody else has to.
    deactivate: isReached && isActive && !isNeeded && member.user !== looker.id,
    reactivate: isReached && !isActive,
  };
}
