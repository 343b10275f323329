import { describe, expect, it } from "vitest";

import { asAsked, countOf, isFiltered, UNFILTERED } from "./filters";

const NOW = new Date("2026-03-02T03:00:00Z");
const zone = "America/New_York";
const asked = (changes: Partial<typeof UNFILTERED>) => asAsked({ ...UNFILTERED, ...changes }, NOW, zone);

describe("the filters of the appointments", () => {
  // In New York it is still the evening of 1 March.
  it.each([
    ["upcoming", "2026-03-01T05:00:00.000Z", undefined, "start_at"],
    ["today", "2026-03-01T05:00:00.000Z", "2026-03-02T05:00:00.000Z", "start_at"],
    ["week", "2026-03-01T05:00:00.000Z", "2026-03-08T05:00:00.000Z", "start_at"],
    ["month", "2026-03-01T05:00:00.000Z", "2026-04-01T04:00:00.000Z", "start_at"],
    ["lastMonth", "2026-02-01T05:00:00.000Z", "2026-03-01T05:00:00.000Z", "-start_at"],
    ["past", undefined, "2026-03-01T05:00:00.000Z", "-start_at"],
    ["all", undefined, undefined, "-start_at"],
    ["nonsense", "2026-03-01T05:00:00.000Z", undefined, "start_at"],
  ])("%s are days of the business's zone", (period, start_after, start_before, ordering) => {
    expect(asked({ period })).toEqual({
      page: 1,
      page_size: 25,
      ordering,
      ...(start_after && { start_after }),
      ...(start_before && { start_before }),
    });
  });

  it("include both dates of a stretch and leave out what is no date", () => {
    expect(asked({ period: "custom", from: "2026-03-07", to: "2026-03-08" })).toMatchObject({
      start_after: "2026-03-07T05:00:00.000Z",
      start_before: "2026-03-09T04:00:00.000Z",
    });
    expect(asked({ period: "custom", from: "2026-02-30", to: "soon" })).toEqual({
      page: 1,
      page_size: 25,
      ordering: "start_at",
    });
  });

  it("ask for what is set, and for no status there is not", () => {
    const filters = { status: ["no_show", "gone"], service: 3, resource: 4, search: "ada", page: 2 };

    expect(asked({ ...filters, period: "all", ordering: "price_cents" })).toEqual({
      page: 2,
      page_size: 25,
      ordering: "price_cents",
      search: "ada",
      status: ["no_show"],
      service_id: 3,
      resource_id: 4,
    });
    expect(countOf({ ...UNFILTERED, ...filters })).toBe(3);
    expect([isFiltered(UNFILTERED), isFiltered({ ...UNFILTERED, search: "ada" })]).toEqual([false, true]);
  });
});
