import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { appointmentWith, snapshotWith } from "@/testing/fixtures";
import { planIs } from "@/testing/answers";
import { page } from "@/testing/handlers";
import { renderRoutes } from "@/testing/render";
import { server } from "@/testing/server";

import { routes } from "../router";
import { type Entry, matching } from "./entries";

const asked = vi.fn();
const customer = {
  id: "0195f3a2-6c1e-7d3b-9a51-2f0c6f6f2c11",
  name: "Ada Lovelace",
  email: "ada@example.com",
  phone: "+1 555 0100",
};

function searchAnswers(customers: object[] = [customer], appointments: object[] = [appointmentWith()]) {
  server.use(
    http.get("*/api/customers/", ({ request }) => {
      asked(new URL(request.url).searchParams.get("search"));
      return HttpResponse.json(page(customers));
    }),
    http.get("*/api/appointments/", ({ request }) => {
      const isSearch = new URL(request.url).searchParams.has("search");
      return HttpResponse.json(page(isSearch ? appointments : []));
    }),
  );
}

/** Draws the whole dashboard at the API tokens, which ask for little, and waits for the navigation. */
async function draw() {
  server.use(http.get("*/api/tokens/", () => HttpResponse.json(page([]))));
  const drawn = renderRoutes(routes, "/settings/api-tokens");
  await screen.findByRole("heading", { level: 1, name: "API tokens" });
  await within(screen.getByRole("navigation", { name: "Main navigation" })).findByRole("link", { name: "Plan & usage" });
  return drawn;
}

async function open({ user }: Awaited<ReturnType<typeof draw>>) {
  await user.keyboard("{Control>}k{/Control}");
  return screen.findByRole("combobox", { name: "Search or jump to" });
}

const chosen = (field: HTMLElement) =>
  document.getElementById(field.getAttribute("aria-activedescendant") ?? "")?.textContent;

describe("the palette", () => {
  beforeEach(() => {
    searchAnswers();
  });

  it("opens from anywhere, and goes to a screen by keyboard alone", async () => {
    const drawn = await draw();
    const field = await open(drawn);
    await waitFor(() => expect(field).toHaveFocus());

    await drawn.user.keyboard("plan us");
    expect(chosen(field)).toMatch(/^Plan & usage/);
    await drawn.user.keyboard("{Enter}");

    await waitFor(() => expect(drawn.router.state.location.pathname).toBe("/settings/plan"));
    await waitFor(() => expect(screen.queryByRole("combobox", { name: "Search or jump to" })).toBeNull());
  });

  it("moves through what it offers with the arrow keys, around the ends", async () => {
    const drawn = await draw();
    const field = await open(drawn);
    await waitFor(() => expect(field).toHaveFocus());
    expect(chosen(field)).toMatch(/^New appointment/);

    await drawn.user.keyboard("{ArrowDown}");
    expect(chosen(field)).toMatch(/^New customer/);
    await drawn.user.keyboard("{ArrowUp}{ArrowUp}");

    expect(chosen(field)).toBe("Your profile");
    expect(field).toHaveFocus();
    expect(screen.getByRole("option", { selected: true })).toHaveTextContent("Your profile");
  });

  it("finds customers and coming appointments once typing pauses", async () => {
    const drawn = await draw();
    await open(drawn);

    await drawn.user.keyboard("lovel");

    const customers = await screen.findByRole("group", { name: "Customers" });
    expect(within(customers).getByRole("option")).toHaveTextContent("Ada Lovelaceada@example.com · +1 555 0100");
    const appointments = await screen.findByRole("group", { name: "Coming appointments" });
    expect(within(appointments).getByRole("option")).toHaveTextContent("Ada LovelaceMon, Mar 2, 10:00 AM · Cut & Style");
    expect(asked.mock.calls).toEqual([["lovel"]]);
  });

  it("opens the customer that was found", async () => {
    const drawn = await draw();
    await open(drawn);
    await drawn.user.keyboard("lovel");
    const customers = await screen.findByRole("group", { name: "Customers" });

    await drawn.user.click(within(customers).getByRole("option"));

    await waitFor(() => expect(drawn.router.state.location.pathname).toBe(`/customers/${customer.id}`));
  });

  it("asks for nothing before there are two letters", async () => {
    const drawn = await draw();
    await open(drawn);

    await drawn.user.keyboard("x");
    await new Promise((resolve) => setTimeout(resolve, 400));

    expect(asked).not.toHaveBeenCalled();
  });

  it("says that nothing fits", async () => {
    searchAnswers([], []);
    const drawn = await draw();
    await open(drawn);

    await drawn.user.keyboard("zzzz");

    expect(await screen.findByText("Nothing found for “zzzz”")).toBeVisible();
    expect(screen.getByText("0 results")).toBeInTheDocument();
  });

  it("says that it could not search, and still offers what it knows", async () => {
    server.use(http.get("*/api/customers/", () => HttpResponse.json({ detail: "No.", code: "no" }, { status: 400 })));
    const drawn = await draw();
    await open(drawn);

    await drawn.user.keyboard("pl");

    expect(await screen.findByRole("alert")).toHaveTextContent("could not be searched");
    expect(screen.getByRole("option", { name: /Plan & usage/ })).toBeVisible();
  });

  it("marks what the plan lacks", async () => {
    const locked = { path: "/settings/plan", label: "Plan & usage", section: "settings", feature: "x", locked: true };
    planIs(snapshotWith({ nav: [locked] }));
    const drawn = renderRoutes(routes, "/settings/profile");
    await screen.findByRole("heading", { level: 1, name: "Your profile" });
    await screen.findByRole("link", { name: /Plan & usage/ });

    await open(drawn);

    expect(screen.getByRole("option", { name: /Plan & usage/ })).toHaveTextContent("not in your plan");
  });

  it("gives the focus back when it is left, and begins anew", async () => {
    const drawn = await draw();
    const search = screen.getAllByRole("button", { name: /^Search/ })[0] ?? document.body;
    await drawn.user.click(search);
    const field = await screen.findByRole("combobox", { name: "Search or jump to" });
    await waitFor(() => expect(field).toHaveFocus());
    await drawn.user.keyboard("zzz{Escape}");

    await waitFor(() => expect(screen.queryByRole("combobox", { name: "Search or jump to" })).toBeNull());
    expect(search).toHaveFocus();
    expect(await open(drawn)).toHaveValue("");
  });

  it("lists the keyboard shortcuts", async () => {
    const drawn = await draw();
    await open(drawn);

    await drawn.user.keyboard("keyboard{Enter}");

    const help = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(await within(help).findByText("Search or jump to anything")).toBeVisible();
  });
});

describe("what is found by words", () => {
  const entry = (label: string, words = ""): Entry => ({ id: label, label, words, icon: null, run: () => undefined });
  const groups = [
    { heading: "A", entries: [entry("Sign out", "log leave"), entry("Today"), entry("API tokens")] },
    { heading: "B", entries: [entry("Team", "people")] },
  ];
  const found = (term: string) => matching(groups, term).flatMap(({ entries }) => entries.map(({ label }) => label));

  it("is everything before anything is typed", () => {
    expect(found("  ")).toEqual(["Sign out", "Today", "API tokens", "Team"]);
  });

  it("holds every word, in any order, in its label or its other words", () => {
    expect(found("out si")).toEqual(["Sign out"]);
    expect(found("LEAVE")).toEqual(["Sign out"]);
    expect(found("people team")).toEqual(["Team"]);
    expect(found("nothing")).toEqual([]);
  });

  it("begins with what begins with it, in each group", () => {
    expect(found("to")).toEqual(["Today", "API tokens"]);
  });
});
