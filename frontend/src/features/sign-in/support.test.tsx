import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";

import { session } from "@/testing/fixtures";
import { renderRoutes } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as SignIn } from "./screen";

const sent = vi.fn();
const nobody = { ...session, user: null };
const impersonation = { by: "Sue Port", reason: "Ticket 4711", ends_at: "2099-03-02T15:30:00Z" };

const draw = (at = "/sign-in#support=one-time") =>
  renderRoutes(
    [
      { path: "/sign-in", element: <SignIn /> },
      { path: "*", element: <p>inside</p> },
    ],
    at,
  );

function supportAnswers(body: object, status = 200) {
  server.use(
    http.get("*/api/session/", () => HttpResponse.json(nobody)),
    http.post("*/api/session/support/", async ({ request }) => {
      sent(await request.json());
      return HttpResponse.json(body, { status });
    }),
  );
}

describe("Support arriving at a business", () => {
  it("goes in, once", async () => {
    supportAnswers({ ...session, impersonation });

    const { router } = draw();

    expect(await screen.findByText("inside")).toBeVisible();
    expect(sent.mock.calls).toEqual([[{ token: "one-time" }]]);
    expect(router.state.location).toMatchObject({ pathname: "/", hash: "" });
  });

  it("says that the link is over, and asks for no password of the business", async () => {
    supportAnswers({ detail: "This link has been used.", code: "support_link_invalid" }, 400);

    draw();

    expect(await screen.findByRole("heading", { name: "This link cannot be used" })).toBeVisible();
    expect(screen.getByRole("status")).toHaveTextContent("Begin again in the back office.");
    expect(screen.queryByLabelText("Password")).toBeNull();
  });

  it("says that somebody else's place is taken already", async () => {
    supportAnswers({ detail: "Support cannot do this.", code: "not_while_impersonating" }, 403);

    draw();

    expect(await screen.findByRole("heading", { name: "You already act as somebody here" })).toBeVisible();
    expect(screen.getByRole("link", { name: "Go to today" })).toHaveAttribute("href", "/");
  });

  it("says what else is wrong", async () => {
    supportAnswers({ detail: "The database is busy.", code: "busy" }, 503);

    draw();

    expect(await screen.findByText("The database is busy.")).toBeVisible();
  });
});
