import { describe, expect, it } from "vitest";

import { majorUnits, minorUnits, money } from "./money";

describe("money", () => {
  it.each([
    [120450, "USD", "$1,204.50"],
    [4500, "EUR", "€45.00"],
    [4500, "JPY", "¥4,500"],
    [4500, "KWD", "KWD\u00a04.500"],
  ])("shows %s minor units of %s", (cents, currency, shown) => {
    expect(money(cents, currency)).toBe(shown);
  });

  it.each(["USD", "JPY", "KWD"])("is typed in %s and comes back to the cent", (currency) => {
    expect([1, 1995, 33333, 2_147_483_647].map((cents) => minorUnits(majorUnits(cents, currency), currency))).toEqual([
      1, 1995, 33333, 2_147_483_647,
    ]);
  });
});
