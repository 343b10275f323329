import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { page } from "@/testing/handlers";
import { renderRoutes } from "@/testing/render";
import { server } from "@/testing/server";
import { switchSingleKeys } from "@/ui/shortcuts/registry";

import { routes } from "../router";

async function draw() {
  const drawn = renderRoutes(routes, "/settings/profile");
  await screen.findByRole("heading", { level: 1, name: "Your profile" });
  await screen.findByRole("link", { name: "Plan & usage" });
  return drawn;
}

describe("the shortcuts of every screen", () => {
  beforeEach(() => {
    server.use(
      http.get("*/api/plans/", () => HttpResponse.json(page([]))),
      http.get("*/api/plan-requests/", () => HttpResponse.json(page([]))),
    );
  });
  afterEach(() => {
    switchSingleKeys(true);
  });

  it("go to screens", async () => {
    const { user, router } = await draw();

    await user.keyboard("gp");

    expect(await screen.findByRole("heading", { level: 1, name: "Plan & usage" })).toBeVisible();
    expect(router.state.location.pathname).toBe("/settings/plan");
    await waitFor(() => expect(screen.getByRole("main")).toHaveFocus());
  });

  it("leave what is typed into a field alone", async () => {
    const { user, router } = await draw();
    const name = screen.getByRole("textbox", { name: "Name" });

    await user.click(name);
    await user.keyboard("gp?n");

    expect(name).toHaveValue("Olga Ownergp?n");
    expect(router.state.location.pathname).toBe("/settings/profile");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("are listed, and single keys can be switched off there", async () => {
    const { user, router } = await draw();
    await user.keyboard("?");
    const help = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(within(help).getByText("Plan & usage").parentElement).toHaveTextContent("g then p");

    await user.click(within(help).getByRole("switch", { name: /^Single-key shortcuts/ }));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.keyboard("gp");

    expect(router.state.location.pathname).toBe("/settings/profile");
  });

  it("book an appointment", async () => {
    server.use(
      http.get("*/api/services/", () => HttpResponse.json(page([]))),
      http.get("*/api/resources/", () => HttpResponse.json(page([]))),
      http.get("*/api/customers/", () => HttpResponse.json(page([]))),
    );
    const { user } = await draw();

    await user.keyboard("n");

    expect(await screen.findByRole("dialog", { name: /appointment/i })).toBeVisible();
  });
});
