import { expect, it } from "vitest";

import { filterDefaults, filterOf } from "./filters";

it.each([
  [{}, { days: 30 }],
  [{ days: 3660 }, { days: 3660 }],
  [{ days: 3661 }, { days: 30 }],
  [{ days: 0 }, { days: 30 }],
  [{ days: -7 }, { days: 30 }],
  [{ status: "no_show" }, { days: 30, status: "no_show" }],
  [{ status: "lost" }, { days: 30 }],
  [{ service_id: "12", resource_id: "3" }, { days: 30, service_id: 12, resource_id: 3 }],
  [{ service_id: "twelve", resource_id: "-3" }, { days: 30 }],
])("an address with %o asks for %o", (state, asked) => {
  expect(filterOf({ ...filterDefaults, ...state })).toEqual(asked);
});
