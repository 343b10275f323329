import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { session } from "@/testing/fixtures";
import { renderRoutes } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as SignIn } from "./screen";

const sent = vi.fn();
const nobody = { ...session, user: null };

const draw = (at = "/sign-in") =>
  renderRoutes(
    [
      { path: "/sign-in", element: <SignIn /> },
      { path: "*", element: <p>inside</p> },
    ],
    at,
  );

function signingInAnswers(body: object, status = 200, headers = {}) {
  server.use(
    http.post("*/api/session/", async ({ request }) => {
      sent(await request.json());
      return HttpResponse.json(body, { status, headers });
    }),
  );
}

async function fillIn({ user }: ReturnType<typeof draw>) {
  await user.type(await screen.findByRole("textbox", { name: "E-mail" }), "owner@example.com");
  await user.type(screen.getByLabelText("Password"), "secret");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

describe("Sign in", () => {
  beforeEach(() => {
    server.use(http.get("*/api/session/", () => HttpResponse.json(nobody)));
  });

  it("names the business, signs in and goes on to what was wanted", async () => {
    signingInAnswers(session);
    const drawn = draw("/sign-in?next=%2Fsettings%2Fplan%3Fquota%3Dmax_users");
    expect(await screen.findByRole("heading", { name: "Sign in to Bright Smiles" })).toBeVisible();

    await fillIn(drawn);

    expect(await screen.findByText("inside")).toBeVisible();
    expect(sent).toHaveBeenCalledWith({ email: "owner@example.com", password: "secret" });
    expect(drawn.router.state.location).toMatchObject({ pathname: "/settings/plan", search: "?quota=max_users" });
  });

  it("lets those pass who are signed in", async () => {
    server.use(http.get("*/api/session/", () => HttpResponse.json(session)));

    draw();

    expect(await screen.findByText("inside")).toBeVisible();
  });

  it("sends nothing that is not filled in, and shows where", async () => {
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: "Sign in" }));

    const email = screen.getByRole("textbox", { name: "E-mail" });
    expect(email).toBeInvalid();
    expect(email).toHaveAccessibleDescription("Enter your e-mail address.");
    expect(email).toHaveFocus();
    expect(sent).not.toHaveBeenCalled();
  });

  it("says that the credentials are wrong, and lets try again", async () => {
    signingInAnswers({ detail: "The two do not belong together.", code: "wrong_credentials" }, 400);

    await fillIn(draw());

    expect(await screen.findByRole("alert")).toHaveTextContent(/do not belong together/);
    expect(screen.getByRole("button", { name: "Sign in" })).toBeEnabled();
    expect(screen.getByRole("textbox", { name: "E-mail" })).toHaveValue("owner@example.com");
  });

  it("shows what is wrong with a field at the field", async () => {
    signingInAnswers({ detail: "email: Too long.", code: "invalid", errors: { email: ["Too long."] } }, 400);

    await fillIn(draw());

    await waitFor(() => {
      expect(screen.getByRole("textbox", { name: "E-mail" })).toHaveAccessibleDescription("Too long.");
    });
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("says how long it is locked out, and waits", async () => {
    signingInAnswers({ detail: "Too many failed attempts.", code: "locked_out" }, 429, { "Retry-After": "900" });

    await fillIn(draw());

    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("Signing in is paused");
    expect(alert).toHaveTextContent("You can try again in 15 minutes.");
    expect(screen.getByRole("button", { name: "Sign in" })).toBeDisabled();
  });

  it("lets try again when the wait is over", async () => {
    signingInAnswers({ detail: "Wait.", code: "too_many_requests" }, 429, { "Retry-After": "1" });

    await fillIn(draw());

    expect(await screen.findByText("You can try again in 1 second.")).toBeVisible();
    await waitFor(() => {
      expect(screen.getByRole("button", { name: "Sign in" })).toBeEnabled();
    });
  });

  it("says so when the business cannot be reached, and tries again", async () => {
    server.use(http.get("*/api/session/", () => HttpResponse.error()));
    const { user } = draw();
    expect(await screen.findByRole("alert")).toHaveTextContent(/cannot be reached/);

    server.use(http.get("*/api/session/", () => HttpResponse.json(nobody)));
    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(await screen.findByRole("heading", { name: "Sign in to Bright Smiles" })).toBeVisible();
  });
});
