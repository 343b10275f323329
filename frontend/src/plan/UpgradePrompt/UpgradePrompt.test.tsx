import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { FeatureEntry } from "@/api/shapes";
import { planFails, planIs, planIsPending } from "@/testing/answers";
import { locked, lockedAnalytics, snapshotWith, viewerAs } from "@/testing/fixtures";
import { renderInside } from "@/testing/render";

import { UpgradePrompt } from ".";

const HEADING = /Advanced Analytics comes with Professional/;

function lockedBy(parts: Partial<FeatureEntry>) {
  planIs(snapshotWith({ features: { advanced_analytics: { ...lockedAnalytics, ...parts } } }));
}

describe.each(["inline", "banner", "overlay"] as const)("UpgradePrompt, %s", (variant) => {
  const draw = (role: "owner" | "manager" | "staff" = "owner") =>
    renderInside(<UpgradePrompt feature="advanced_analytics" variant={variant} evidence="14 no-shows." />, {
      viewer: viewerAs(role),
    });

  it("shows an owner the way, with the server's words", async () => {
    planIs(locked);

    draw();

    expect(await screen.findByText(HEADING)).toBeVisible();
    expect(screen.getByText(/14 no-shows\./)).toBeVisible();
    expect(screen.getByRole("link", { name: "How to upgrade" })).toHaveAttribute(
      "href",
      "/settings/plan?feature=advanced_analytics",
    );
  });

  it.each(["manager", "staff"] as const)("tells a %s whom to ask", async (role) => {
    planIs(locked);

    draw(role);

    expect(await screen.findByText(/Ask an owner of Bright Smiles to upgrade\./)).toBeVisible();
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("is no lock while the plan is being asked for", () => {
    planIsPending();

    draw();

    expect(screen.queryByText(HEADING)).toBeNull();
    expect(screen.queryByText(/could not check/)).toBeNull();
  });

  it("says that it could not check, not that an upgrade is needed", async () => {
    planFails();

    const { user } = draw();

    expect(await screen.findByText(/could not check/)).toBeVisible();
    expect(screen.queryByText(/comes with|upgrade/)).toBeNull();

    planIs(locked);
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText(HEADING)).toBeVisible();
  });

  it("draws nothing for what may be used", async () => {
    const { client } = draw();

    await waitFor(() => {
      expect(client.isFetching()).toBe(0);
    });
    expect(screen.queryByText(/Advanced Analytics|could not/)).toBeNull();
  });
});

describe("UpgradePrompt, by the reason", () => {
  const draw = (role: "owner" | "staff" = "owner") =>
    renderInside(<UpgradePrompt feature="advanced_analytics" variant="banner" />, { viewer: viewerAs(role) });

  it("a suspended subscription needs no other plan", async () => {
    lockedBy({ source: "suspended" });

    draw();

    expect(await screen.findByText("Advanced Analytics is paused")).toBeVisible();
    expect(screen.getByRole("link", { name: "Go to your plan" })).toHaveAttribute("href", "/settings/plan");
  });

  it("staff of a suspended business ask an owner", async () => {
    lockedBy({ source: "suspended" });

    draw("staff");

    expect(await screen.findByText(/Ask an owner of Bright Smiles\./)).toBeVisible();
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("a feature switched off is not offered", async () => {
    lockedBy({ source: "override", upgrade: null });

    draw();

    expect(await screen.findByText("Advanced Analytics is switched off")).toBeVisible();
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("a feature of no plan on sale is not offered", async () => {
    lockedBy({ upgrade: null });

    draw();

    expect(await screen.findByText("Advanced Analytics is not part of your plan")).toBeVisible();
    expect(screen.queryByRole("link")).toBeNull();
  });
});
