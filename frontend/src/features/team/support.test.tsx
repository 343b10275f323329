import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { SupportAccess } from "@/api/shapes";
import { planIs } from "@/testing/answers";
import { appointmentsQuota, snapshotWith, viewerAs } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as Team } from "./screen";

const sent = vi.fn();
const visit: SupportAccess = {
  id: 1,
  by: "Sue Port",
  acted_as: "Olga Owner",
  reason: "Ticket 4711",
  started_at: "2026-03-02T15:00:00Z",
  ended_at: "2026-03-02T15:12:10Z",
  ends_at: "2026-03-02T15:30:00Z",
};
const section = async () => within(await screen.findByRole("region", { name: "Support access" }));
const theSwitch = async () => (await section()).findByRole("switch", { name: "Support may act as members of this business" });

function supportIs(visits: SupportAccess[], isAllowed = true) {
  server.use(
    http.get("*/api/support-access/", () => HttpResponse.json(page(visits))),
    http.get("*/api/support-access/setting/", () => HttpResponse.json({ support_access_allowed: isAllowed })),
    http.patch("*/api/support-access/setting/", async ({ request }) => {
      const body = await request.json();
      sent(body);
      return HttpResponse.json(body);
    }),
  );
}

describe("Support access", () => {
  beforeEach(() => {
    planIs(snapshotWith({ quotas: { max_users: { ...appointmentsQuota, window: "total" } } }));
    server.use(
      http.get("*/api/team/", () => HttpResponse.json(page([]))),
      http.get("*/api/invitations/", () => HttpResponse.json(page([]))),
    );
    supportIs([]);
  });

  it("lists when, who, as whom, why and how long", async () => {
    supportIs([{ ...visit, id: 2, ended_at: null }, visit]);

    renderInside(<Team />);

    const table = within(await (await section()).findByRole("table", { name: "Visits of support" }));
    await waitFor(() => expect(table.getAllByRole("row")).toHaveLength(3));
    const [, ...rows] = table.getAllByRole("row");
    expect(rows.map((row) => within(row).getAllByRole("cell").map(({ textContent }) => textContent))).toEqual([
      ["Mar 2, 2026, 10:00 AM", "Sue Port", "Olga Owner", "Ticket 4711", "Now"],
      ["Mar 2, 2026, 10:00 AM", "Sue Port", "Olga Owner", "Ticket 4711", "12 minutes"],
    ]);
  });

  it("says that nobody was there", async () => {
    renderInside(<Team />);

    expect(await (await section()).findByText("Nobody of support has been here.")).toBeVisible();
  });

  it("lets an owner switch it off and on", async () => {
    const { user } = renderInside(<Team />);
    await waitFor(async () => expect(await theSwitch()).toBeChecked());

    await user.click(await theSwitch());

    expect(await screen.findByText("Support can no longer act as your members")).toBeVisible();
    await waitFor(async () => expect(await theSwitch()).not.toBeChecked());
    await user.click(await theSwitch());
    expect(await screen.findByText("Support may act as your members")).toBeVisible();
    expect(sent.mock.calls).toEqual([[{ support_access_allowed: false }], [{ support_access_allowed: true }]]);
  });

  it("stays as it is when that does not work", async () => {
    const refusal = { detail: "Support cannot do this in somebody's place.", code: "not_while_impersonating" };
    server.use(http.patch("*/api/support-access/setting/", () => HttpResponse.json(refusal, { status: 403 })));
    const { user } = renderInside(<Team />);
    await waitFor(async () => expect(await theSwitch()).toBeChecked());

    await user.click(await theSwitch());

    expect(await screen.findByText("Support access is not changed")).toBeVisible();
    expect(await theSwitch()).toBeChecked();
  });

  it.each(["manager", "staff"] as const)("is not there for a %s", async (role) => {
    renderInside(<Team />, { viewer: viewerAs(role) });

    expect(await screen.findByRole("heading", { level: 1, name: "Team" })).toBeVisible();
    expect(screen.queryByRole("region", { name: "Support access" })).toBeNull();
  });
});
