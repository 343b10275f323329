import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { QuotaEntry } from "@/api/shapes";
import { planFails, planIs, planIsPending } from "@/testing/answers";
import { appointmentsQuota, snapshotWith, viewerAs } from "@/testing/fixtures";
import { renderInside } from "@/testing/render";

import { QuotaButton } from "./QuotaButton";

const act = vi.fn();
const upgrade = { plan: "professional", name: "Professional", url: "/settings/plan?quota=max_appointments" };

const draw = (role: "owner" | "staff" = "owner") =>
  renderInside(
    <QuotaButton quota="max_appointments" onClick={act}>
      Add
    </QuotaButton>,
    { viewer: viewerAs(role) },
  );

function quotaIs(parts: Partial<QuotaEntry>) {
  planIs(snapshotWith({ quotas: { max_appointments: { ...appointmentsQuota, ...parts } } }));
}

async function press(user: ReturnType<typeof draw>["user"]) {
  await waitFor(() => {
    expect(screen.getByRole("button", { name: "Add" })).toBeEnabled();
  });
  await user.click(screen.getByRole("button", { name: "Add" }));
}

describe("QuotaButton", () => {
  it("acts where there is room", async () => {
    const { user } = draw();

    await press(user);

    expect(act).toHaveBeenCalledTimes(1);
    expect(screen.queryByText(/of 500/)).toBeNull();
  });

  it("acts near the limit too, and says how much is used", async () => {
    quotaIs({ used: 480, remaining: 20, state: "near" });
    const { user } = draw();
    expect(await screen.findByText("480 of 500 appointments")).toBeVisible();

    await press(user);

    expect(act).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["used up", { used: 500, remaining: 0, state: "reached", upgrade }, "All 500 appointments of your plan are in use"],
    ["over", { used: 510, remaining: 0, state: "over", upgrade }, "All 500 appointments of your plan are in use"],
    ["absent", { limit: 0, used: 0, remaining: 0, state: "reached", upgrade }, "Appointments are not part of your plan"],
  ])("explains itself where the quota is %s", async (_, parts, heading) => {
    quotaIs(parts);
    const { user } = draw();

    const description = `${heading}. Professional has room for more.`;
    await user.click(await screen.findByRole("button", { name: "Add", description }));

    expect(act).not.toHaveBeenCalled();
    expect(await screen.findByRole("link", { name: "How to upgrade" })).toHaveAttribute("href", upgrade.url);
  });

  it("proposes to make room where that is possible and no plan has more", async () => {
    quotaIs({ used: 500, remaining: 0, state: "reached", window: "total" });
    draw();

    const description = /in use\. Or switch off what you no longer need\./;
    expect(await screen.findByRole("button", { name: "Add", description })).toHaveAttribute("aria-disabled", "true");
  });

  it("tells staff whom to ask", async () => {
    quotaIs({ used: 500, remaining: 0, state: "reached", upgrade });
    draw("staff");

    expect(
      await screen.findByRole("button", { name: "Add", description: /Ask an owner of Bright Smiles/ }),
    ).toBeVisible();
  });

  it("is paused while the subscription is suspended", async () => {
    planIs(snapshotWith({ suspended: true }));
    draw();

    expect(await screen.findByRole("button", { name: "Add", description: /Appointments is paused/ })).toBeVisible();
  });

  it("cannot be pressed while the plan is being asked for", () => {
    planIsPending();
    draw();

    expect(screen.getByRole("button", { name: "Add", hidden: true })).toBeDisabled();
  });

  it("acts when nobody could be asked: the server decides", async () => {
    planFails();
    const { user } = draw();

    await press(user);

    expect(act).toHaveBeenCalledTimes(1);
  });
});
