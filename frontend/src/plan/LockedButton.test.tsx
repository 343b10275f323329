import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { planFails, planIs, planIsPending } from "@/testing/answers";
import { locked, viewerAs } from "@/testing/fixtures";
import { renderInside } from "@/testing/render";

import { LockedButton } from "./LockedButton";

const act = vi.fn();

const draw = (role: "owner" | "staff" = "owner") =>
  renderInside(
    <LockedButton feature="advanced_analytics" onClick={act}>
      Compare
    </LockedButton>,
    { viewer: viewerAs(role) },
  );

describe("LockedButton", () => {
  it("acts where the feature may be used", async () => {
    const { user } = draw();
    await waitFor(() => {
      expect(screen.getByRole("button", { name: "Compare" })).toBeEnabled();
    });

    await user.click(screen.getByRole("button", { name: "Compare" }));

    expect(act).toHaveBeenCalledTimes(1);
  });

  it("can be reached while locked, is described, and explains itself instead of acting", async () => {
    planIs(locked);
    const { user } = draw();
    const button = await screen.findByRole("button", {
      name: "Compare",
      description: "Advanced Analytics comes with Professional",
    });

    await user.tab();
    expect(button).toHaveFocus();
    expect(button).toHaveAttribute("aria-disabled", "true");
    expect(button).not.toHaveAttribute("disabled");

    await user.keyboard("{Enter}");
    expect(act).not.toHaveBeenCalled();
    expect(await screen.findByRole("link", { name: "How to upgrade" })).toBeVisible();

    await user.keyboard("{Escape}");
    expect(screen.queryByRole("link")).toBeNull();
    expect(button).toHaveFocus();
  });

  it("tells staff whom to ask", async () => {
    planIs(locked);

    draw("staff");

    expect(
      await screen.findByRole("button", { name: "Compare", description: /Ask an owner of Bright Smiles/ }),
    ).toBeVisible();
  });

  it("is neither locked nor pressed while the plan is being asked for", () => {
    planIsPending();

    draw();

    const button = screen.getByRole("button", { name: "Compare", hidden: true });
    expect(button).toBeDisabled();
    expect(button).not.toHaveAttribute("aria-disabled");
  });

  it("says that it could not check", async () => {
    planFails();
    const { user } = draw();
    const button = await screen.findByRole("button", { name: "Compare", description: /could not check/ });

    await user.click(button);

    expect(act).not.toHaveBeenCalled();
    expect(await screen.findByRole("button", { name: "Try again" })).toBeVisible();
  });
});
