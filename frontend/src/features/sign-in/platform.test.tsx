import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { session } from "@/testing/fixtures";
import { renderRoutes } from "@/testing/render";
import { server } from "@/testing/server";

import { leaveFor } from "./leaveFor";
import { Component as SignIn } from "./screen";

vi.mock("./leaveFor", () => ({ leaveFor: vi.fn() }));

const sent = vi.fn();
const nobody = { ...session, user: null };
const salon = { name: "Willow & Sage", url: "http://salon.localhost:8000/", role: "owner", handoff: "one-time" };
const clinic = { name: "Spreeufer", url: "http://clinic.localhost:8000/", role: "staff", handoff: "another" };

const draw = (at = "/sign-in") =>
  renderRoutes(
    [
      { path: "/sign-in", element: <SignIn /> },
      { path: "*", element: <p>inside</p> },
    ],
    at,
  );

function businessesAre(...businesses: object[]) {
  server.use(
    http.post("*/api/session/businesses/", async ({ request }) => {
      sent(await request.json());
      return HttpResponse.json({ businesses });
    }),
  );
}

async function fillIn({ user }: ReturnType<typeof draw>) {
  await user.type(await screen.findByRole("textbox", { name: "E-mail" }), "owner@example.com");
  await user.type(screen.getByLabelText("Password"), "secret");
  await user.click(screen.getByRole("button", { name: "Continue" }));
}

describe("Sign in on the platform's address", () => {
  beforeEach(() => {
    const refusal = { detail: "Sign in at POST /auth-token/.", code: "not_authenticated" };
    server.use(http.get("*/api/session/", () => HttpResponse.json(refusal, { status: 401 })));
  });

  it("carries on to the only business", async () => {
    businessesAre(salon);
    const drawn = draw();
    expect(await screen.findByRole("heading", { name: "Sign in to SmoothSchedule" })).toBeVisible();

    await fillIn(drawn);

    expect(await screen.findByText("Taking you to Willow & Sage…")).toBeVisible();
    expect(vi.mocked(leaveFor).mock.lastCall).toEqual(["http://salon.localhost:8000/sign-in?handoff=one-time"]);
    expect(sent.mock.calls).toEqual([[{ email: "owner@example.com", password: "secret" }]]);
  });

  it("lets choose among several", async () => {
    businessesAre(salon, clinic);

    await fillIn(draw());

    const list = within(await screen.findByRole("list", { name: "Your businesses" }));
    expect(list.getAllByRole("link").map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
      ["WWillow & SageOwner · salon.localhost:8000", "http://salon.localhost:8000/sign-in?handoff=one-time"],
      ["SSpreeuferStaff · clinic.localhost:8000", "http://clinic.localhost:8000/sign-in?handoff=another"],
    ]);
    expect(list.getAllByRole("link")[0]).toHaveFocus();
    expect(leaveFor).not.toHaveBeenCalled();
  });

  it("lets take another account", async () => {
    businessesAre(salon, clinic);
    const drawn = draw();
    await fillIn(drawn);

    await drawn.user.click(await screen.findByRole("button", { name: "Use another account" }));

    expect(screen.getByRole("textbox", { name: "E-mail" })).toHaveValue("");
  });

  it("says so when there is no business", async () => {
    businessesAre();

    await fillIn(draw());

    expect(await screen.findByRole("heading", { name: "No business yet" })).toBeVisible();
  });

  it("says that the credentials are wrong", async () => {
    const refusal = { detail: "The two do not belong together.", code: "wrong_credentials" };
    server.use(http.post("*/api/session/businesses/", () => HttpResponse.json(refusal, { status: 400 })));

    await fillIn(draw());

    expect(await screen.findByRole("alert")).toHaveTextContent(/do not belong together/);
  });

  it("asks who is signed in once, not again and again", async () => {
    const asked = vi.fn();
    server.use(
      http.get("*/api/session/", () => {
        asked();
        return HttpResponse.json({ detail: "No.", code: "not_authenticated" }, { status: 401 });
      }),
    );
    draw();
    await screen.findByRole("heading", { name: "Sign in to SmoothSchedule" });

    await new Promise((resolve) => setTimeout(resolve, 200));

    expect(asked).toHaveBeenCalledOnce();
  });
});

describe("arriving at a business", () => {
  beforeEach(() => {
    server.use(http.get("*/api/session/", () => HttpResponse.json(nobody)));
  });

  const redeemingAnswers = (body: object, status = 200) => {
    server.use(
      http.post("*/api/session/handoff/", async ({ request }) => {
        sent(await request.json());
        return HttpResponse.json(body, { status });
      }),
    );
  };

  it("begins the session and goes on, keeping nothing of it in the address", async () => {
    redeemingAnswers(session);

    const { router } = draw("/sign-in?handoff=one-time");

    expect(await screen.findByText("inside")).toBeVisible();
    expect(sent.mock.calls).toEqual([[{ token: "one-time" }]]);
    expect(router.state.location).toMatchObject({ pathname: "/", search: "" });
  });

  it("shows the form when the way here is over, and lets sign in there", async () => {
    redeemingAnswers({ detail: "This link has been used or has expired.", code: "handoff_invalid" }, 400);
    server.use(http.post("*/api/session/", () => HttpResponse.json(session)));
    const { user } = draw("/sign-in?handoff=old");

    expect(await screen.findByText(/works once, within a minute/)).toBeVisible();
    await user.type(screen.getByRole("textbox", { name: "E-mail" }), "owner@example.com");
    await user.type(screen.getByLabelText("Password"), "secret");
    await user.click(screen.getByRole("button", { name: "Sign in" }));

    expect(await screen.findByText("inside")).toBeVisible();
    expect(sent).toHaveBeenCalledOnce();
  });

  it("signs in whoever arrives, though somebody else was signed in", async () => {
    server.use(http.get("*/api/session/", () => HttpResponse.json({ ...session, user: { ...session.user, id: 9 } })));
    redeemingAnswers(session);

    const { client } = draw("/sign-in?handoff=one-time");

    expect(await screen.findByText("inside")).toBeVisible();
    await waitFor(() => expect(client.getQueryData(["session"])).toEqual(session));
  });
});
