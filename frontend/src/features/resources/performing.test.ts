import { describe, expect, it } from "vitest";

import type { Resource, Service } from "@/api/shapes";
import { resource } from "@/testing/fixtures";

import { isAlone, likelyPlace, placeIn, withPlace } from "./performing";

const all: Resource[] = [
  { ...resource, id: 1, type: "staff" },
  { ...resource, id: 2, type: "staff" },
  { ...resource, id: 3, type: "room" },
  { ...resource, id: 4, type: "staff" },
];
const massage = { resource_groups: [[1, 2], [3]] } as Service;

describe("a place in a service", () => {
  it("is a group, or none", () => {
    expect(placeIn(massage, 2)).toBe(0);
    expect(placeIn(massage, 3)).toBe(1);
    expect(placeIn(massage, 4)).toBeNull();
  });

  it("is most likely among one's own kind, else one in addition", () => {
    expect(likelyPlace(massage, "staff", all)).toBe(0);
    expect(likelyPlace(massage, "room", all)).toBe(1);
    expect(likelyPlace(massage, "equipment", all)).toBe("new");
  });

  it.each([
    [4, 0, [[1, 2, 4], [3]]],
    [4, "new", [[1, 2], [3], [4]]],
    [2, null, [[1], [3]]],
    [2, 1, [[1], [3, 2]]],
    [3, null, [[1, 2]]],
  ] as const)("of %s becomes %s", (id, place, groups) => {
    expect(withPlace(massage.resource_groups ?? [], id, place)).toEqual(groups);
  });

  it("is nobody else's where the group has one member", () => {
    expect(isAlone(massage, 3)).toBe(true);
    expect(isAlone(massage, 1)).toBe(false);
  });
});
