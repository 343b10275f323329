import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Invitation, Member } from "@/api/shapes";
import { planIs } from "@/testing/answers";
import { appointmentsQuota, snapshotWith, viewerAs } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as Team } from "./screen";

const sent = vi.fn();
const joined = { created_at: "2026-01-05T09:00:00-05:00", is_active: true };
const olga: Member = { id: 11, user: 1, email: "owner@example.com", name: "Olga Owner", role: "owner", ...joined };
const mia: Member = { id: 12, user: 2, email: "mia@example.com", name: "Mia", role: "manager", ...joined };
const sam: Member = { id: 13, user: 3, email: "sam@example.com", name: "", role: "staff", ...joined };
const gone: Member = { id: 14, user: 4, email: "gone@example.com", name: "Gus", role: "staff", ...joined, is_active: false };
const invitation: Invitation = {
  id: "0195f3a2-6c1e-7d3b-9a51-2f0c6f6f2d11",
  email: "new@example.com",
  role: "staff",
  created_at: "2026-03-01T09:00:00-05:00",
  expires_at: "2099-03-08T09:00:00-05:00",
};
const room = { ...appointmentsQuota, name: "Users", limit: 20, used: 3, remaining: 17, window: "total" };

function teamIs(members: Member[], invitations: Invitation[] = []) {
  server.use(
    http.get("*/api/team/", () => HttpResponse.json(page(members))),
    http.get("*/api/invitations/", () => HttpResponse.json(page(invitations))),
    http.patch("*/api/team/:id/", async ({ request, params }) => {
      const change = (await request.json()) as Partial<Member>;
      sent(params.id, change);
      return HttpResponse.json({ ...mia, ...change });
    }),
  );
}

/** The button once the plan is known; until then it stands there disabled. */
async function openButton(name: string) {
  await waitFor(() => expect(screen.getByRole("button", { name })).toBeEnabled());
  return screen.getByRole("button", { name });
}

const rowOf = async (name: string) => (await screen.findByText(name)).closest("tr") ?? document.body;

describe("Team", () => {
  beforeEach(() => {
    planIs(snapshotWith({ quotas: { max_users: room } }));
    teamIs([olga, mia, sam, gone], [invitation]);
  });

  it("shows who can sign in, and who could once after them", async () => {
    renderInside(<Team />);

    await rowOf("Olga Owner");
    const [, ...rows] = within(screen.getByRole("table", { name: "Members" })).getAllByRole("row");
    expect(rows.map((row) => within(row).getAllByRole("cell")[0]?.textContent)).toEqual([
      expect.stringContaining("Olga OwnerYouowner@example.com"),
      expect.stringContaining("Miamia@example.com"),
      expect.stringContaining("sam@example.com"),
      expect.stringContaining("Gusgone@example.com"),
    ]);
    expect(await rowOf("Gus")).toHaveTextContent("Deactivated");
  });

  it("does not let the only owner go", async () => {
    renderInside(<Team />);

    const row = within(await rowOf("Olga Owner"));
    expect(row.getByText("The only owner")).toBeVisible();
    expect(row.queryByRole("combobox")).toBeNull();
    expect(row.queryByRole("button")).toBeNull();
  });

  it("changes a role at once, and back again", async () => {
    const { user } = renderInside(<Team />);
    await user.selectOptions(await screen.findByRole("combobox", { name: "Role of Mia" }), "staff");
    expect(await screen.findByText("Mia: Staff")).toBeVisible();

    await user.click(screen.getByRole("button", { name: "Undo" }));

    await waitFor(() => {
      expect(sent.mock.calls).toEqual([
        ["12", { role: "staff" }],
        ["12", { role: "manager" }],
      ]);
    });
  });

  it("asks before somebody is shut out", async () => {
    const { user } = renderInside(<Team />);

    await user.click(await screen.findByRole("button", { name: "Deactivate Mia" }));
    const dialog = await screen.findByRole("dialog", { name: "Deactivate Mia?" });
    expect(sent).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole("button", { name: "Deactivate" }));

    expect(await screen.findByText("Mia can no longer sign in")).toBeVisible();
    expect(sent.mock.calls).toEqual([["12", { is_active: false }]]);
  });

  it("lets somebody in again", async () => {
    const { user } = renderInside(<Team />);

    await user.click(within(await rowOf("Gus")).getByRole("button", { name: "Let in again" }));

    expect(await screen.findByText("Gus can sign in again")).toBeVisible();
    expect(sent.mock.calls).toEqual([["14", { is_active: true }]]);
  });

  it("says what the server refuses", async () => {
    const refusal = { detail: "A business keeps at least one active owner.", code: "last_owner" };
    server.use(http.patch("*/api/team/:id/", () => HttpResponse.json(refusal, { status: 409 })));
    const { user } = renderInside(<Team />);

    await user.selectOptions(await screen.findByRole("combobox", { name: "Role of Mia" }), "owner");

    expect(await screen.findByText("Mia is not changed")).toBeVisible();
    expect(screen.getByText(refusal.detail)).toBeVisible();
  });

  it("shows a manager no way to owners, nor to become one", async () => {
    renderInside(<Team />, { viewer: viewerAs("manager") });

    expect(within(await rowOf("Olga Owner")).queryByRole("combobox")).toBeNull();
    const roles = within(screen.getByRole("combobox", { name: "Role of Mia" })).getAllByRole("option");
    expect(roles.map((option) => option.textContent)).toEqual(["Manager", "Staff"]);
  });

  it("is not for staff, and asks for nothing", () => {
    server.use(http.get("*/api/team/", () => HttpResponse.error()));

    renderInside(<Team />, { viewer: viewerAs("staff") });

    expect(screen.getByText("The team is looked after by managers")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Invite" })).toBeNull();
  });

  it("says so when it could not be loaded, and tries again", async () => {
    server.use(http.get("*/api/team/", () => HttpResponse.error()));
    const { user } = renderInside(<Team />);
    expect(await screen.findByRole("alert")).toHaveTextContent(/cannot be reached/);

    teamIs([olga]);
    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(await rowOf("Olga Owner")).toBeVisible();
  });
});

describe("inviting", () => {
  beforeEach(() => {
    planIs(snapshotWith({ quotas: { max_users: room } }));
    teamIs([olga], [invitation]);
  });

  const inviting = (body: object, status = 201) => {
    server.use(
      http.post("*/api/invitations/", async ({ request }) => {
        sent(await request.json());
        return HttpResponse.json(body, { status });
      }),
    );
  };

  async function fillIn({ user }: ReturnType<typeof renderInside>) {
    await user.click(await openButton("Invite"));
    const dialog = within(await screen.findByRole("dialog", { name: "Invite somebody" }));
    await user.type(dialog.getByRole("textbox", { name: "E-mail address" }), "kim@example.com");
    await user.click(dialog.getByRole("radio", { name: "Manager" }));
    await user.click(dialog.getByRole("button", { name: "Send invitation" }));
    return dialog;
  }

  it("sends an invitation with a role", async () => {
    inviting({ ...invitation, email: "kim@example.com", role: "manager" });

    await fillIn(renderInside(<Team />));

    expect(await screen.findByText("Invitation sent to kim@example.com")).toBeVisible();
    expect(sent.mock.calls).toEqual([[{ email: "kim@example.com", role: "manager" }]]);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("says at the field that somebody is a member already", async () => {
    inviting({ detail: "email: kim@example.com is a member already.", code: "already_member" }, 409);

    const dialog = await fillIn(renderInside(<Team />));

    await waitFor(() => {
      expect(dialog.getByRole("textbox")).toHaveAccessibleDescription(/This person is a member already\./);
    });
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("explains itself when the plan has no room", async () => {
    const full = { ...room, limit: 3, remaining: 0, state: "reached" };
    planIs(snapshotWith({ quotas: { max_users: full } }));
    const { user } = renderInside(<Team />);

    await user.click(await openButton("Invite"));

    expect(await screen.findByText(/All 3 users of your plan are in use/, { selector: "strong" })).toBeVisible();
    expect(screen.queryByRole("dialog", { name: "Invite somebody" })).toBeNull();
  });

  it("sends an invitation again, and revokes it", async () => {
    inviting(invitation);
    const revoked = vi.fn();
    server.use(
      http.delete("*/api/invitations/:id/", ({ params }) => {
        revoked(params.id);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = renderInside(<Team />);

    await user.click(await screen.findByRole("button", { name: "Send again to new@example.com" }));
    expect(await screen.findByText("A new link is on its way to new@example.com")).toBeVisible();
    expect(sent.mock.calls).toEqual([[{ email: "new@example.com", role: "staff" }]]);

    await user.click(screen.getByRole("button", { name: "Revoke the invitation of new@example.com" }));
    expect(await screen.findByText("The invitation of new@example.com is revoked")).toBeVisible();
    expect(revoked.mock.calls).toEqual([[invitation.id]]);
  });

  it("leaves a manager no way to an owner's invitation, and marks what is over", async () => {
    teamIs([olga], [{ ...invitation, role: "owner", expires_at: "2020-01-01T00:00:00Z" }]);

    renderInside(<Team />, { viewer: viewerAs("manager") });

    expect(await screen.findByText("Expired")).toBeVisible();
    expect(screen.queryByRole("button", { name: /Send again/ })).toBeNull();
  });
});
