import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";

import { planFails, planIs } from "@/testing/answers";
import { allowedAnalytics, appointmentsQuota, lockedAnalytics, snapshotWith, viewerAs } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as PlanAndUsage } from "./screen";

const starter = snapshotWith({
  plan: { code: "starter", name: "Starter" },
  features: {
    advanced_analytics: lockedAnalytics,
    can_accept_payments: { ...allowedAnalytics, name: "Payment Processing" },
    can_white_label: { ...lockedAnalytics, name: "White Labeling", upgrade: null },
    can_api_access: { ...lockedAnalytics, name: "API Access", source: "override", upgrade: null },
  },
  quotas: {
    max_appointments: appointmentsQuota,
    max_users: { ...appointmentsQuota, name: "Users", limit: 2, used: 2, remaining: 0, state: "reached" },
  },
});

const rowOf = (name: string) => screen.getByText(name).closest("li") ?? document.body;

describe("Plan & usage", () => {
  beforeEach(() => {
    server.use(
      http.get("*/api/plans/", () => HttpResponse.json(page([]))),
      http.get("*/api/plan-requests/", () => HttpResponse.json(page([]))),
    );
  });

  it("shows the plan, every quota and every feature", async () => {
    planIs(starter);

    renderInside(<PlanAndUsage />);

    expect(await screen.findByText("Starter")).toBeVisible();
    expect(screen.getAllByRole("meter").map((meter) => meter.getAttribute("aria-valuetext"))).toEqual([
      "2 of 2",
      "137 of 500",
    ]);
    expect(rowOf("Advanced Analytics")).toHaveTextContent("Comes with Professional");
    expect(rowOf("Payment Processing")).toHaveTextContent("Included");
    expect(rowOf("White Labeling")).toHaveTextContent("Not included");
    expect(rowOf("API Access")).toHaveTextContent("Switched off for your business");
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("leads to an included feature that has a screen", async () => {
    renderInside(<PlanAndUsage />);

    expect(await screen.findByRole("link", { name: "Open Advanced Analytics" })).toHaveAttribute(
      "href",
      "/analytics",
    );
  });

  it("points at the feature the address names, and lets an owner ask for the plan that has it", async () => {
    planIs(starter);

    renderInside(<PlanAndUsage />, { at: "/settings/plan?feature=advanced_analytics" });

    await screen.findByText("Starter");
    const row = rowOf("Advanced Analytics");
    expect(row).toHaveAttribute("aria-current", "true");
    expect(row).toHaveFocus();
    expect(await within(row).findByRole("button", { name: "Ask for Professional" })).toBeVisible();
    expect(rowOf("White Labeling")).not.toHaveAttribute("aria-current");
  });

  it("points at the quota the address names", async () => {
    planIs(starter);

    renderInside(<PlanAndUsage />, { at: "/settings/plan?quota=max_users" });

    await screen.findByText("Starter");
    expect(rowOf("Users")).toHaveAttribute("aria-current", "true");
  });

  it("tells staff that an owner decides", async () => {
    planIs(starter);

    renderInside(<PlanAndUsage />, { viewer: viewerAs("staff") });

    expect(await screen.findByText("Ask an owner of Bright Smiles if you need another plan.")).toBeVisible();
  });

  it("has words for a business without a plan", async () => {
    planIs(snapshotWith({ plan: null }));

    renderInside(<PlanAndUsage />);

    expect(await screen.findByText("No plan")).toBeVisible();
  });

  it("says that it could not check", async () => {
    planFails();

    renderInside(<PlanAndUsage />);

    expect(await screen.findByText(/could not check/)).toBeVisible();
    expect(screen.queryByText("No plan")).toBeNull();
  });
});
