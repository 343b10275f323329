import { describe, expect, it } from "vitest";

import type { Member, Role } from "@/api/shapes";

import { mayReach, reachOf, rolesToGive } from "./rules";

const member = (id: number, role: Role, isActive = true): Member => ({
  id,
  user: id + 100,
  email: `${id}@example.com`,
  name: "",
  role,
  is_active: isActive,
  created_at: "2026-01-05T09:00:00-05:00",
});

const owner = member(1, "owner");
const secondOwner = member(2, "owner");
const manager = member(3, "manager");
const staff = member(4, "staff");
const former = member(5, "owner", false);
const as = (somebody: Member) => ({ id: somebody.user, role: somebody.role });
const everything = { role: true, deactivate: true, reactivate: false };
const nothing = { role: false, deactivate: false, reactivate: false };

describe("who may change whom", () => {
  const team = [owner, secondOwner, manager, staff, former];

  it.each([
    ["owner", ["owner", "manager", "staff"]],
    ["manager", ["manager", "staff"]],
    ["staff", []],
  ] as const)("%s gives the roles %j", (role, roles) => {
    expect(rolesToGive(role)).toEqual(roles);
  });

  it("owners change everybody, but do not shut themselves out", () => {
    expect(reachOf(as(owner), secondOwner, team)).toEqual(everything);
    expect(reachOf(as(owner), staff, team)).toEqual(everything);
    expect(reachOf(as(owner), owner, team)).toEqual({ ...everything, deactivate: false });
  });

  it("managers change everybody but owners", () => {
    expect(reachOf(as(manager), owner, team)).toEqual(nothing);
    expect(reachOf(as(manager), former, team)).toEqual(nothing);
    expect(reachOf(as(manager), staff, team)).toEqual(everything);
    expect(mayReach("manager", "owner")).toBe(false);
  });

  it("staff change nobody", () => {
    expect(reachOf(as(staff), staff, team)).toEqual(nothing);
  });

  it("the last active owner stays one", () => {
    expect(reachOf(as(owner), owner, [owner, former, manager])).toEqual(nothing);
  });

  it("who left has no role to change, but can be let in again", () => {
    expect(reachOf(as(owner), former, team)).toEqual({ ...nothing, reactivate: true });
  });
});
