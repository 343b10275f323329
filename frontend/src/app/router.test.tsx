import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { matchRoutes } from "react-router";
import { describe, expect, it } from "vitest";

import { paths } from "@/paths";
import { planFails, planIs } from "@/testing/answers";
import { session, snapshotWith } from "@/testing/fixtures";
import { renderRoutes } from "@/testing/render";
import { server } from "@/testing/server";

import { routes } from "./router";

const nobody = { ...session, user: null };
const navigation = () => screen.findByRole("navigation", { name: "Main navigation" });

describe("the dashboard", () => {
  it.each(Object.values(paths))("has a screen at %s", (path) => {
    const [last] = matchRoutes(routes, path)?.slice(-1) ?? [];
    expect(last?.route.path).toBe(path);
  });

  it("sends those who are not signed in to sign in and back", async () => {
    server.use(http.get("*/api/session/", () => HttpResponse.json(nobody)));

    const { router } = renderRoutes(routes, "/settings/plan?feature=can_api_access");

    expect(await screen.findByRole("heading", { name: "Sign in to Bright Smiles" })).toBeVisible();
    expect(router.state.location).toMatchObject({
      pathname: "/sign-in",
      search: "?next=%2Fsettings%2Fplan%3Ffeature%3Dcan_api_access",
    });
  });

  it("lists the screens this build has, in the server's words", async () => {
    const nav = [
      { path: "/loyalty", label: "Loyalty", section: "main", feature: null, locked: false },
      { path: "/settings/plan", label: "Plan & usage", section: "settings", feature: null, locked: false },
    ];
    planIs(snapshotWith({ nav }));

    renderRoutes(routes, "/");

    const links = within(await navigation());
    expect(await links.findByRole("link", { name: "Plan & usage" })).toHaveAttribute("href", "/settings/plan");
    expect(links.getByRole("link", { name: "Today" })).toHaveAttribute("aria-current", "page");
    expect(links.queryByRole("link", { name: "Loyalty" })).toBeNull();
    expect(links.getByRole("heading", { name: "Settings" })).toBeVisible();
  });

  it("marks what the plan lacks", async () => {
    const entry = { path: "/settings/plan", label: "Plan & usage", section: "settings", feature: "x", locked: true };
    planIs(snapshotWith({ nav: [entry] }));

    renderRoutes(routes, "/");

    const links = within(await navigation());
    expect(await links.findByRole("link", { name: /^Plan & usage\s*\(not in your plan\)$/ })).toBeVisible();
  });

  it("keeps the way to the first screen when the plan could not be checked", async () => {
    planFails();

    renderRoutes(routes, "/");

    const links = within(await navigation());
    expect(await links.findByText(/could not check/)).toBeVisible();
    expect(links.getByRole("link", { name: "Today" })).toBeVisible();
  });

  it("moves the focus to the screen that was chosen", async () => {
    const { user } = renderRoutes(routes, "/");

    await user.click(await screen.findByRole("link", { name: "Plan & usage" }));

    expect(await screen.findByRole("heading", { level: 1, name: "Plan & usage" })).toBeVisible();
    expect(screen.getByRole("main")).toHaveFocus();
    await waitFor(() => {
      expect(document.title).toBe("Plan & usage · Bright Smiles");
    });
  });

  it("lets skip to the content first of all", async () => {
    const { user } = renderRoutes(routes, "/");
    await navigation();

    await user.tab();

    expect(screen.getByRole("link", { name: "Skip to content" })).toHaveFocus();
    expect(screen.getByRole("main")).toHaveAttribute("id", "content");
  });

  it("signs out", async () => {
    let isSignedIn = true;
    server.use(
      http.get("*/api/session/", () => HttpResponse.json(isSignedIn ? session : nobody)),
      http.delete("*/api/session/", () => {
        isSignedIn = false;
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = renderRoutes(routes, "/");
    const [account] = await screen.findAllByRole("button", { name: /^Account of\s*Olga Owner/ });
    if (account) await user.click(account);

    await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));

    expect(await screen.findByRole("heading", { name: "Sign in to Bright Smiles" })).toBeVisible();
  });

  it("goes to the sign-in when the session ends meanwhile", async () => {
    let isSignedIn = true;
    server.use(
      http.get("*/api/session/", () => HttpResponse.json(isSignedIn ? session : nobody)),
      http.get("*/api/appointments/", () => {
        isSignedIn = false;
        return HttpResponse.json({ detail: "Nobody.", code: "not_authenticated" }, { status: 401 });
      }),
    );

    renderRoutes(routes, "/");

    expect(await screen.findByRole("heading", { name: "Sign in to Bright Smiles" })).toBeVisible();
  });

  it("warns of a suspended subscription", async () => {
    planIs(snapshotWith({ suspended: true }));

    renderRoutes(routes, "/");

    expect(await screen.findByText("Your subscription is suspended.")).toBeVisible();
  });

  it("says that there is nothing at an unknown address, and leads on", async () => {
    renderRoutes(routes, "/nowhere");

    expect(await screen.findByText("There is nothing at this address")).toBeVisible();
    expect(screen.getByRole("link", { name: "Go to today" })).toHaveAttribute("href", "/");
  });
});
