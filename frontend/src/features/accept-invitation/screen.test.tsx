import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { InvitationPreview } from "@/api/shapes";
import { session } from "@/testing/fixtures";
import { renderRoutes } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as AcceptInvitation } from "./screen";

const invitation: InvitationPreview = {
  business: "Bright Smiles",
  email: "new@example.com",
  role: "staff",
  has_account: false,
};
const accepted = vi.fn();
const signedIn = vi.fn();

const draw = (at = "/accept-invitation?token=s3cret") =>
  renderRoutes(
    [
      { path: "/accept-invitation", element: <AcceptInvitation /> },
      { path: "/sign-in", element: <p>sign-in</p> },
      { path: "/", element: <p>inside</p> },
    ],
    at,
  );

function invitationIs(parts: Partial<InvitationPreview>) {
  server.use(http.get("*/api/invitations/preview/", () => HttpResponse.json({ ...invitation, ...parts })));
}

function acceptingAnswers(body: object, status: number) {
  server.use(
    http.post("*/api/invitations/accept/", async ({ request }) => {
      accepted(await request.json());
      return HttpResponse.json(body, { status });
    }),
  );
}

describe("Accept invitation", () => {
  beforeEach(() => {
    invitationIs({});
    acceptingAnswers({ id: 9 }, 201);
    server.use(
      http.post("*/api/session/", async ({ request }) => {
        signedIn(await request.json());
        return HttpResponse.json(session);
      }),
    );
  });

  it("lets a new person in with a name and a password of their choice", async () => {
    const { user } = draw();
    expect(await screen.findByRole("heading", { name: "Join Bright Smiles" })).toBeVisible();
    expect(screen.getByText("You are invited as new@example.com, with the role staff.")).toBeVisible();

    await user.type(screen.getByLabelText("Your name"), "Nora New");
    await user.type(screen.getByLabelText("Choose a password"), "correct horse");
    await user.click(screen.getByRole("button", { name: "Join" }));

    expect(await screen.findByText("inside")).toBeVisible();
    expect(accepted).toHaveBeenCalledWith({ token: "s3cret", name: "Nora New", password: "correct horse" });
    expect(signedIn).toHaveBeenCalledWith({ email: "new@example.com", password: "correct horse" });
  });

  it("asks a person with an account for their password alone", async () => {
    invitationIs({ has_account: true });
    const { user } = draw();

    await user.type(await screen.findByLabelText("Password of your account"), "known");
    expect(screen.queryByLabelText("Your name")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Join" }));

    await waitFor(() => {
      expect(accepted).toHaveBeenCalledWith({ token: "s3cret", name: "", password: "known" });
    });
  });

  it("shows what is wrong with a password at the password", async () => {
    acceptingAnswers({ detail: "…", code: "invalid", errors: { password: ["This password is too common."] } }, 400);
    const { user } = draw();

    await user.type(await screen.findByLabelText("Your name"), "Nora New");
    await user.type(screen.getByLabelText("Choose a password"), "password12");
    await user.click(screen.getByRole("button", { name: "Join" }));

    expect(await screen.findByText("This password is too common.")).toBeVisible();
    expect(signedIn).not.toHaveBeenCalled();
  });

  it("says so when the business is full", async () => {
    acceptingAnswers({ detail: "Your current plan allows 2 users.", code: "quota_exceeded" }, 403);
    invitationIs({ has_account: true });
    const { user } = draw();

    await user.type(await screen.findByLabelText("Password of your account"), "known");
    await user.click(screen.getByRole("button", { name: "Join" }));

    expect(await screen.findByRole("alert")).toHaveTextContent("Your current plan allows 2 users.");
  });

  it.each(["/accept-invitation", "/accept-invitation?token=old"])("cannot use %s, and leads on", async (at) => {
    server.use(
      http.get("*/api/invitations/preview/", () =>
        HttpResponse.json({ detail: "…", code: "invitation_not_open" }, { status: 404 }),
      ),
    );
    const { user } = draw(at);

    expect(await screen.findByText("This invitation cannot be used")).toBeVisible();
    await user.click(screen.getByRole("link", { name: "Go to sign-in" }));
    expect(await screen.findByText("sign-in")).toBeVisible();
  });
});
