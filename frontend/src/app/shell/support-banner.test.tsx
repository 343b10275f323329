import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { session } from "@/testing/fixtures";
import { renderRoutes } from "@/testing/render";
import { server } from "@/testing/server";

import { routes } from "../router";

const NOW = Date.parse("2026-03-02T15:00:00Z");
const impersonation = { by: "Sue Port", reason: "Ticket 4711", ends_at: "2026-03-02T15:29:30Z" };

let answer = { ...session, impersonation: impersonation as typeof session.impersonation };

const banner = () => screen.findByRole("complementary", { name: "Support access" });

describe("SupportBanner", () => {
  beforeEach(() => {
    vi.spyOn(Date, "now").mockReturnValue(NOW);
    vi.useFakeTimers({ toFake: ["Date"], now: NOW });
    answer = { ...session, impersonation };
    server.use(http.get("*/api/session/", () => HttpResponse.json(answer)));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it.each(["/", "/settings/profile", "/nowhere"])("says on %s who acts as whom, why and how long", async (at) => {
    renderRoutes(routes, at);

    const shown = await banner();
    expect(shown).toHaveTextContent("Sue Port of SmoothSchedule acts as Olga Owner · 29 minutes left");
    expect(shown).toHaveTextContent("Reason: Ticket 4711");
  });

  it("is not there for people acting as themselves", async () => {
    answer = session;

    renderRoutes(routes, "/");

    await screen.findByRole("navigation", { name: "Main navigation" });
    expect(screen.queryByRole("complementary", { name: "Support access" })).toBeNull();
  });

  it("ends it", async () => {
    server.use(
      http.delete("*/api/session/", () => {
        answer = { ...session, user: null };
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = renderRoutes(routes, "/");

    await user.click(within(await banner()).getByRole("button", { name: "End" }));

    expect(await screen.findByRole("heading", { name: "Sign in to Bright Smiles" })).toBeVisible();
  });

  it("says so when it could not be ended", async () => {
    const refusal = { detail: "The database is busy.", code: "busy" };
    server.use(http.delete("*/api/session/", () => HttpResponse.json(refusal, { status: 503 })));
    const { user } = renderRoutes(routes, "/");

    await user.click(within(await banner()).getByRole("button", { name: "End" }));

    expect(await screen.findByText("Support access goes on")).toBeVisible();
    expect(await banner()).toBeVisible();
  });

  it("asks the server when its time is over, and goes to the sign-in", async () => {
    let asked = 0;
    server.use(
      http.get("*/api/session/", () => {
        asked += 1;
        const over = { ...impersonation, ends_at: "2026-03-02T14:59:59Z" };
        return HttpResponse.json(asked === 1 ? { ...session, impersonation: over } : { ...session, user: null });
      }),
    );

    renderRoutes(routes, "/");

    expect(await screen.findByRole("heading", { name: "Sign in to Bright Smiles" })).toBeVisible();
    await waitFor(() => expect(asked).toBeGreaterThan(1));
  });
});
