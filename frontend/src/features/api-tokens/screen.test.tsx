import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { ApiToken } from "@/api/shapes";
import { planIs } from "@/testing/answers";
import { allowedAnalytics, lockedAnalytics, snapshotWith, viewerAs } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as ApiTokens } from "./screen";

const sent = vi.fn();
const SECRET = "smooth_0123456789abcdef";
const till: ApiToken = {
  id: 4,
  kind: "named",
  name: "Till",
  prefix: "smooth_abc",
  scope: "write",
  user: "owner@example.com",
  created_at: "2026-02-01T09:00:00-05:00",
  expires_at: null,
  last_used_at: "2026-03-01T09:30:00-05:00",
};
const signIn: ApiToken = { ...till, id: 5, kind: "sign_in", name: "", expires_at: "2026-03-05T09:00:00-05:00" };

const included = { ...allowedAnalytics, name: "API Access" };
const lacking = { ...lockedAnalytics, name: "API Access" };

function tokensAre(...tokens: ApiToken[]) {
  server.use(http.get("*/api/tokens/", () => HttpResponse.json(page(tokens))));
}

function creatingAnswers(body: object, status = 201) {
  server.use(
    http.post("*/api/tokens/", async ({ request }) => {
      sent(await request.json());
      return HttpResponse.json(body, { status });
    }),
  );
}

/** The button once the plan is known; until then it stands there disabled. */
async function newToken() {
  await waitFor(() => expect(screen.getByRole("button", { name: "New token" })).toBeEnabled());
  return screen.getByRole("button", { name: "New token" });
}

async function create({ user }: ReturnType<typeof renderInside>) {
  await user.click(await newToken());
  const dialog = within(await screen.findByRole("dialog", { name: "New token" }));
  await user.type(dialog.getByRole("textbox", { name: "Name" }), "Website");
  await user.selectOptions(dialog.getByRole("combobox", { name: "It ends" }), "never");
  await user.click(dialog.getByRole("button", { name: "Create token" }));
  return dialog;
}

describe("API tokens", () => {
  beforeEach(() => {
    planIs(snapshotWith({ features: { can_api_access: included } }));
    tokensAre(till, signIn);
  });

  it("shows the tokens of programs, and apart from them one's own sign-ins", async () => {
    renderInside(<ApiTokens />);

    const programs = await screen.findByRole("table", { name: "Tokens of your programs" });
    expect(await within(programs).findByText("Till")).toBeVisible();
    const [, row] = within(programs).getAllByRole("row");
    expect(row).toHaveTextContent("Begins with smooth_abc");
    expect(row).toHaveTextContent("Read and write");
    expect(row).toHaveTextContent("Mar 1, 2026, 9:30 AM");
    expect(row).toHaveTextContent("Never");
    const signIns = screen.getByRole("table", { name: "Your sign-ins through the API" });
    expect(within(signIns).getByRole("button", { name: "Revoke Sign-in" })).toBeVisible();
  });

  it("shows how to use them, at this very address", async () => {
    renderInside(<ApiTokens />);

    expect(await screen.findByText(/curl "http:\/\/demo\.localhost:8000\/api\/appointments\//)).toBeVisible();
    expect(screen.getByRole("link", { name: "Read the API's documentation" })).toHaveAttribute("href", "/api/docs/");
  });

  it("shows the secret of a new token once", async () => {
    creatingAnswers({ ...till, name: "Website", token: SECRET });
    const drawn = renderInside(<ApiTokens />);

    await create(drawn);

    const dialog = within(await screen.findByRole("dialog", { name: "Copy your token now" }));
    expect(dialog.getByRole("textbox", { name: "Token “Website”" })).toHaveValue(SECRET);
    expect(sent.mock.calls).toEqual([[{ name: "Website", scope: "read", expires_at: null }]]);
    await drawn.user.click(dialog.getByRole("button", { name: "Copy token" }));
    expect(await navigator.clipboard.readText()).toBe(SECRET);
    await drawn.user.click(dialog.getByRole("button", { name: "Done" }));

    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.queryByDisplayValue(SECRET)).toBeNull();
    await waitFor(() => expect(JSON.stringify(drawn.client.getMutationCache().getAll())).not.toContain(SECRET));
  });

  it("asks before a secret is lost that nobody copied", async () => {
    creatingAnswers({ ...till, name: "Website", token: SECRET });
    const drawn = renderInside(<ApiTokens />);
    await create(drawn);
    await screen.findByDisplayValue(SECRET);

    await drawn.user.keyboard("{Escape}");
    const question = within(await screen.findByRole("dialog", { name: "Close without copying?" }));
    await drawn.user.click(question.getByRole("button", { name: "Go back" }));
    expect(screen.getByDisplayValue(SECRET)).toBeVisible();

    await drawn.user.click(screen.getByRole("button", { name: "Done" }));
    await drawn.user.click(
      within(await screen.findByRole("dialog", { name: "Close without copying?" })).getByRole("button", {
        name: "Close",
      }),
    );
    await waitFor(() => expect(screen.queryByDisplayValue(SECRET)).toBeNull());
  });

  it("shows what is wrong with a field at the field", async () => {
    creatingAnswers({ detail: "name: Too long.", code: "invalid", errors: { name: ["Too long."] } }, 400);

    const dialog = await create(renderInside(<ApiTokens />));

    await waitFor(() => {
      expect(dialog.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription(/Too long\./);
    });
  });

  it("asks before a token is revoked", async () => {
    const revoked = vi.fn();
    server.use(
      http.delete("*/api/tokens/:id/", ({ params }) => {
        revoked(params.id);
        tokensAre();
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = renderInside(<ApiTokens />);

    await user.click(await screen.findByRole("button", { name: "Revoke Till" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Revoke “Till”?" }));
    expect(revoked).not.toHaveBeenCalled();
    await user.click(dialog.getByRole("button", { name: "Revoke token" }));

    expect(await screen.findByText("Till is revoked")).toBeVisible();
    expect(revoked.mock.calls).toEqual([["4"]]);
    expect(await screen.findByText("No tokens yet")).toBeVisible();
  });

  it("says why a token was not revoked", async () => {
    const refusal = { detail: "Only an owner can revoke an owner's token.", code: "role_required" };
    server.use(http.delete("*/api/tokens/:id/", () => HttpResponse.json(refusal, { status: 403 })));
    const { user } = renderInside(<ApiTokens />, { viewer: viewerAs("manager") });

    await user.click(await screen.findByRole("button", { name: "Revoke Till" }));
    await user.click(await screen.findByRole("button", { name: "Revoke token" }));

    expect(await screen.findByText("Till is not revoked")).toBeVisible();
    expect(screen.getByText(refusal.detail)).toBeVisible();
  });

  it("locked, tells what creating needs, and still lets revoke", async () => {
    planIs(snapshotWith({ features: { can_api_access: lacking } }));
    const { user } = renderInside(<ApiTokens />);

    expect(await screen.findByText("API Access comes with Professional", { selector: "p" })).toBeVisible();
    expect(await screen.findByRole("button", { name: "Revoke Till" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "New token" }));

    expect(screen.queryByRole("textbox", { name: "Name" })).toBeNull();
  });

  it("tells staff who can create tokens", async () => {
    tokensAre();
    renderInside(<ApiTokens />, { viewer: viewerAs("staff") });

    expect(screen.getByText("A manager or an owner can create tokens.")).toBeVisible();
    expect(await screen.findByText("No tokens yet")).toBeVisible();
    expect(screen.queryByRole("button", { name: "New token" })).toBeNull();
  });
});
