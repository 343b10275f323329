import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { Resource } from "@/api/shapes";
import { catalogueIs, quotasAre, quotaWith, serviceWith } from "@/testing/catalogue";
import { resource as maya, viewerAs } from "@/testing/fixtures";
import { renderInside } from "@/testing/render";

import { Component as Services } from "./screen";

const room: Resource = { ...maya, id: 8, name: "Spa Suite", type: "room" };
const massage = serviceWith({
  id: 2,
  name: "Massage",
  description: "Back, neck and shoulders.",
  duration_minutes: 90,
  buffer_before_minutes: 0,
  buffer_after_minutes: 0,
  price_cents: 10_500,
  resources: [7, 8],
  resource_groups: [[7], [8]],
});
const old = serviceWith({ id: 3, name: "Perm", price_cents: 0, is_active: false, resources: [], resource_groups: [] });

function offerIs(quota = quotaWith({ name: "Services" })) {
  catalogueIs({ resources: [maya, room], services: [massage, serviceWith(), old] });
  quotasAre({ max_resources: quotaWith({}), max_services: quota });
}

const rows = () => screen.getAllByRole("row").slice(1);
const names = () => rows().map((row) => within(row).getByRole("button").textContent);

describe("Services", () => {
  it("lists what is offered: what customers see, what it blocks, and who performs it", async () => {
    offerIs();
    renderInside(<Services />);

    expect(await screen.findByRole("button", { name: "Cut & Style" })).toBeVisible();
    expect(rows().map((row) => row.textContent)).toEqual([
      "Cut & Style45 minblocks 1 h$78.00Maya Thompson",
      "MassageBack, neck and shoulders.1 h 30 min$105.00Maya Thompsonand Spa Suite",
    ]);
  });

  it("filters and sorts by what the address says", async () => {
    offerIs();
    const { user } = renderInside(<Services />, { at: "/services?state=all&ordering=price_cents" });
    expect(await screen.findByRole("button", { name: "Perm" })).toBeVisible();
    expect(names()).toEqual(["Perm", "Cut & Style", "MassageBack, neck and shoulders."]);
    expect(rows()[0]).toHaveTextContent("Free of chargeNobody yetNot offered");

    await user.type(screen.getByRole("searchbox", { name: "Search services" }), "neck");
    expect(await screen.findByText("1 service")).toBeInTheDocument();
    expect(names()).toEqual(["MassageBack, neck and shoulders."]);
  });

  it("shows what one resource performs", async () => {
    offerIs();
    renderInside(<Services />, { at: "/services?by=8" });

    expect(await screen.findByRole("button", { name: /^Massage/ })).toBeVisible();
    expect(names()).toHaveLength(1);
  });

  it("leads to a new one, unless the plan has no room", async () => {
    offerIs();
    const { user, router } = renderInside(<Services />, { at: "/services" });
    await screen.findByRole("button", { name: "Cut & Style" });
    await user.click(await screen.findByRole("button", { name: "Add service" }));
    expect(router.state.location.pathname).toBe("/services/new");
  });

  it("explains itself where the plan has no room", async () => {
    offerIs(quotaWith({ name: "Services", used: 10, remaining: 0, state: "reached" }));
    const { user, router } = renderInside(<Services />, { at: "/services" });

    await user.click(await screen.findByRole("button", { name: "Add service", description: /All 10 services/ }));

    expect(within(await screen.findByRole("dialog")).getByText(/All 10 services of your plan/)).toBeVisible();
    expect(router.state.location.pathname).toBe("/services");
  });

  it("lets staff look, not add", async () => {
    offerIs();
    renderInside(<Services />, { viewer: viewerAs("staff") });

    expect(await screen.findByRole("button", { name: "Cut & Style" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Add service" })).toBeNull();
  });
});
