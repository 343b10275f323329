import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { QuotaEntry } from "@/api/shapes";
import { planFails, planIs, planIsPending } from "@/testing/answers";
import { appointmentsQuota, snapshotWith } from "@/testing/fixtures";
import { renderInside } from "@/testing/render";

import { QuotaMeter } from "./QuotaMeter";

const draw = () => renderInside(<QuotaMeter quota="max_appointments" />);

function quotaIs(parts: Partial<QuotaEntry>) {
  planIs(snapshotWith({ quotas: { max_appointments: { ...appointmentsQuota, ...parts } } }));
}

describe("QuotaMeter", () => {
  it("shows what is used and left, and when it starts again in the business's zone", async () => {
    draw();

    const meter = await screen.findByRole("meter", { name: "Appointments" });
    expect(meter).toHaveAttribute("aria-valuenow", "137");
    expect(meter).toHaveAttribute("aria-valuemax", "500");
    expect(meter).toHaveAttribute("aria-valuetext", "137 of 500");
    expect(screen.getByText("363 left · This month · Starts again on April 1")).toBeVisible();
  });

  it.each<[string, Partial<QuotaEntry>, string, string]>([
    ["nearly used", { used: 450, remaining: 50, state: "near" }, "450 of 500", "50 left"],
    ["used up", { used: 500, remaining: 0, state: "reached" }, "500 of 500", "All used"],
    ["over after a downgrade", { used: 620, remaining: 0, state: "over" }, "620 of 500", "120 over the limit"],
  ])("tells one %s from the others", async (_, parts, figure, note) => {
    quotaIs({ ...parts, window: "total", resets_at: null });

    draw();

    expect(await screen.findByText(figure)).toBeVisible();
    expect(screen.getByText(new RegExp(`^${note}`))).toBeVisible();
    expect(Number(screen.getByRole("meter").getAttribute("aria-valuenow"))).toBeLessThanOrEqual(500);
  });

  it("measures nothing where there is no limit", async () => {
    quotaIs({ limit: null, remaining: null, state: "unlimited", used: 1204 });

    draw();

    expect(await screen.findByText("1,204 used")).toBeVisible();
    expect(screen.getByText("Unlimited · This month")).toBeVisible();
    expect(screen.queryByRole("meter")).toBeNull();
  });

  it("says so when the plan has none", async () => {
    quotaIs({ limit: 0, used: 0, remaining: 0, state: "reached", window: "total", resets_at: null });

    draw();

    expect(await screen.findByText("Not part of your plan")).toBeVisible();
    expect(screen.queryByRole("meter")).toBeNull();
  });

  it("draws no figures while the plan is being asked for", () => {
    planIsPending();

    draw();

    expect(screen.queryByText(/Appointments|could not/)).toBeNull();
  });

  it("says that it could not check", async () => {
    planFails();

    draw();

    expect(await screen.findByText(/could not check/)).toBeVisible();
  });
});
