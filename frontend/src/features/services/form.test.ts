import { describe, expect, it } from "vitest";

import { serviceWith } from "@/testing/catalogue";

import { changedFields, fieldsOf, problemsWith, valuesOf } from "./form";

const service = serviceWith({ resource_groups: [[1, 2], [7]] });
const values = valuesOf(service, "USD");

describe("the form of a service", () => {
  it("gives back what it was given", () => {
    const { name, description, price_cents, currency, duration_minutes, resource_groups } = fieldsOf(values);

    expect({ name, description, price_cents, currency, duration_minutes, resource_groups }).toEqual({
      name: "Cut & Style",
      description: "",
      price_cents: 7800,
      currency: "USD",
      duration_minutes: 45,
      resource_groups: [[1, 2], [7]],
    });
    expect(changedFields(values, values)).toEqual({});
  });

  it.each([
    [0, 0, "hours"],
    [45, 45, "minutes"],
    [120, 2, "hours"],
    [2880, 2, "days"],
    [90, 90, "minutes"],
  ])("shows a notice of %s minutes as %s %s", (minutes, notice, noticeUnit) => {
    const shown = valuesOf(serviceWith({ min_notice_minutes: minutes }), "USD");

    expect(shown).toMatchObject({ notice, noticeUnit });
    expect(fieldsOf(shown).min_notice_minutes).toBe(minutes);
  });

  it("counts money in the currency's smallest unit", () => {
    expect(fieldsOf({ ...values, price: 78.5 }).price_cents).toBe(7850);
    expect(fieldsOf({ ...values, price: 7800, currency: "JPY" }).price_cents).toBe(7800);
  });

  it("sends what was changed, and no empty group", () => {
    const changed = { ...values, name: " Cut ", groups: [[1, 2], []] };

    expect(changedFields(changed, values)).toEqual({ name: "Cut", resource_groups: [[1, 2]] });
  });

  it("begins with what most services have, in the business's currency", () => {
    expect(valuesOf(null, "EUR")).toMatchObject({ name: "", duration: 60, step: 15, advance: 365, currency: "EUR" });
  });

  it("knows what the server does not take", () => {
    const wrong = { ...values, name: " ", duration: 0, before: "", after: 721, step: 4, advance: 1.5, price: -1 };

    expect(Object.keys(problemsWith(wrong)).sort()).toEqual(
      ["advance", "after", "before", "duration", "name", "price", "step"].sort(),
    );
    expect(problemsWith(values)).toEqual({});
  });

  it("takes a notice of ninety days at most, in any unit", () => {
    expect(problemsWith({ ...values, notice: 90, noticeUnit: "days" })).toEqual({});
    expect(problemsWith({ ...values, notice: 91, noticeUnit: "days" })).toHaveProperty("notice");
    expect(problemsWith({ ...values, notice: 2161, noticeUnit: "hours" })).toHaveProperty("notice");
  });
});
