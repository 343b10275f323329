import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";

import type { Resource } from "@/api/shapes";
import { answering, catalogueIs, quotasAre, quotaWith, serviceWith } from "@/testing/catalogue";
import { resource as maya, viewerAs } from "@/testing/fixtures";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as Resources } from "./screen";

const room: Resource = { ...maya, id: 8, name: "Color Bar", type: "room", max_concurrent_events: 3 };
const gone: Resource = { ...maya, id: 9, name: "Zoe Left", is_active: false };

function salonIs(quota = quotaWith({})) {
  catalogueIs({ resources: [maya, room, gone], services: [serviceWith()] });
  quotasAre({ max_resources: quota, max_services: quotaWith({ name: "Services" }) });
}

const names = () => screen.getAllByRole("row").slice(1).map((row) => within(row).getAllByRole("cell")[0]?.textContent);
/** Returns the button once it is known what the plan has room for. */
async function addButton() {
  await waitFor(() => {
    expect(screen.getByRole("button", { name: "Add resource" })).toBeEnabled();
  });
  return screen.getByRole("button", { name: "Add resource" });
}

describe("Resources", () => {
  it("lists those in use, with what they are and perform", async () => {
    salonIs();
    renderInside(<Resources />);

    expect(await screen.findByRole("button", { name: "Maya Thompson" })).toBeVisible();
    expect(names()).toEqual(["Color Bar", "Maya Thompson"]);
    expect(screen.getAllByRole("row")[1]).toHaveTextContent("Color BarRoom3NoneOpening hours");
    expect(screen.getAllByRole("row")[2]).toHaveTextContent("Maya ThompsonStaff11Opening hours");
  });

  it("filters and sorts by what the address says, and says so when nothing fits", async () => {
    salonIs();
    const { user, router } = renderInside(<Resources />, { at: "/resources?state=all&ordering=-name" });
    expect(await screen.findByRole("button", { name: "Zoe Left" })).toBeVisible();
    expect(names()).toEqual(["Zoe Left", "Maya Thompson", "Color Bar"]);

    await user.click(screen.getByRole("radio", { name: "Rooms" }));
    expect(names()).toEqual(["Color Bar"]);
    expect(router.state.location.search).toContain("type=room");

    await user.type(screen.getByRole("searchbox", { name: "Search resources" }), "nobody");
    expect(await screen.findByText("No resource fits")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Show all" }));
    expect(names()).toEqual(["Zoe Left", "Maya Thompson", "Color Bar"]);
  });

  it("adds one, shows what the server says at its field, and opens it", async () => {
    salonIs();
    const problem = { detail: "…", code: "invalid", errors: { name: ["Somebody has this name."] } };
    const refused = answering("post", "*/api/resources/", problem, 400);
    const { user, router } = renderInside(<Resources />);
    await user.click(await addButton());
    const dialog = within(await screen.findByRole("dialog"));

    await user.click(dialog.getByRole("button", { name: "Add resource" }));
    expect(await dialog.findByText("Enter a name.")).toBeVisible();
    expect(refused).toEqual([]);

    await user.type(dialog.getByRole("textbox", { name: "Name" }), " Nora New ");
    await user.click(dialog.getByRole("radio", { name: "Equipment" }));
    await user.click(dialog.getByRole("radio", { name: "Rust" }));
    await user.click(dialog.getByRole("button", { name: "Add resource" }));
    expect(await dialog.findByText("Somebody has this name.")).toBeVisible();

    const created = answering("post", "*/api/resources/", { ...maya, id: 12, name: "Nora New" }, 201);
    await user.click(dialog.getByRole("button", { name: "Add resource" }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe("/resources/12");
    });
    expect(created[0]?.body).toEqual({
      name: "Nora New",
      type: "equipment",
      max_concurrent_events: 1,
      color: "#c8553d",
      user: null,
      timezone: "",
    });
  });

  it("says near the limit how much is used", async () => {
    salonIs(quotaWith({ used: 9, remaining: 1, state: "near" }));
    renderInside(<Resources />);

    expect(await screen.findByText("9 of 10 resources")).toBeVisible();
    expect(await screen.findByRole("meter", { name: "Resources" })).toHaveAttribute("aria-valuetext", "9 of 10");
    expect(await addButton()).not.toHaveAttribute("aria-disabled");
  });

  it("explains itself instead of adding where the plan has no room", async () => {
    const upgrade = { plan: "professional", name: "Professional", url: "/settings/plan?quota=max_resources" };
    salonIs(quotaWith({ used: 10, remaining: 0, state: "reached", upgrade }));
    const { user } = renderInside(<Resources />);
    const button = await screen.findByRole("button", { name: "Add resource", description: /All 10 resources/ });

    await user.click(button);

    const popover = within(await screen.findByRole("dialog"));
    expect(popover.getByText(/Professional has room for more/)).toBeVisible();
    expect(popover.getByRole("link", { name: "How to upgrade" })).toHaveAttribute("href", upgrade.url);
    expect(screen.queryByRole("textbox", { name: "Name" })).toBeNull();
  });

  it("tells a manager without room whom to ask", async () => {
    const upgrade = { plan: "professional", name: "Professional", url: "/settings/plan?quota=max_resources" };
    salonIs(quotaWith({ used: 10, remaining: 0, state: "reached", upgrade }));

    renderInside(<Resources />, { viewer: viewerAs("manager") });

    const description = /Ask an owner of Bright Smiles to upgrade\. Or switch off/;
    expect(await screen.findByRole("button", { name: "Add resource", description })).toBeVisible();
    expect(screen.queryByRole("link", { name: "How to upgrade" })).toBeNull();
  });

  it("lets staff look, not add", async () => {
    salonIs(quotaWith({ used: 9, remaining: 1, state: "near" }));
    renderInside(<Resources />, { viewer: viewerAs("staff") });

    expect(await screen.findByRole("button", { name: "Maya Thompson" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Add resource" })).toBeNull();
    expect(screen.queryByRole("meter")).toBeNull();
  });

  it("says what belongs here where there is nothing yet", async () => {
    catalogueIs({ resources: [] });
    renderInside(<Resources />);

    expect(await screen.findByText("Nobody to book yet")).toBeVisible();
  });

  it("can be asked for again where loading failed", async () => {
    salonIs();
    server.use(http.get("*/api/resources/", () => HttpResponse.json({ detail: "Busy.", code: "x" }, { status: 400 })));
    const { user } = renderInside(<Resources />);
    expect(await screen.findByText("Busy.")).toBeVisible();

    salonIs();
    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(await screen.findByRole("button", { name: "Maya Thompson" })).toBeVisible();
  });
});
