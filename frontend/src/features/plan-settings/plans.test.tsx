import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Plan, PlanRequest } from "@/api/shapes";
import { planIs } from "@/testing/answers";
import { allowedAnalytics, appointmentsQuota, lockedAnalytics, snapshotWith, viewerAs } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as PlanAndUsage } from "./screen";

const sent = vi.fn();
const limits = {
  max_users: 5,
  max_email_templates: 5,
  max_automated_tasks: 0,
  max_resources: 5,
  max_services: null,
  max_appointments: 500,
};
const starter: Plan = {
  key: "starter",
  name: "Starter",
  description: "",
  price_cents: 1900,
  currency: "USD",
  features: ["can_accept_payments"],
  limits,
  is_current: true,
};
const free: Plan = {
  ...starter,
  key: "free",
  name: "Free",
  price_cents: 0,
  features: [],
  limits: { ...limits, max_appointments: 100 },
  is_current: false,
};
const professional: Plan = {
  ...starter,
  key: "professional",
  name: "Professional",
  price_cents: 4950,
  features: ["can_accept_payments", "advanced_analytics"],
  is_current: false,
};
const request: PlanRequest = {
  id: "0195f3a2-6c1e-7d3b-9a51-2f0c6f6f2e11",
  plan: "professional",
  plan_name: "Professional",
  feature: "",
  note: "",
  state: "open",
  requested_by: "Olga Owner",
  created_at: "2026-03-02T10:00:00-05:00",
  decided_at: null,
};

function requestsAre(...requests: PlanRequest[]) {
  server.use(http.get("*/api/plan-requests/", () => HttpResponse.json(page(requests))));
}

/** The part of the screen about one plan, once the plans are known. */
async function partOf(name: string) {
  return within((await screen.findByRole("heading", { level: 3, name })).closest("li") ?? document.body);
}

describe("the plans on sale", () => {
  beforeEach(() => {
    planIs(
      snapshotWith({
        plan: { code: "starter", name: "Starter" },
        features: {
          advanced_analytics: lockedAnalytics,
          can_accept_payments: { ...allowedAnalytics, name: "Payment Processing" },
        },
        quotas: { max_appointments: { ...appointmentsQuota, used: 137 } },
      }),
    );
    server.use(
      http.get("*/api/plans/", () => HttpResponse.json(page([free, starter, professional]))),
      http.post("*/api/plan-requests/", async ({ request: asked }) => {
        sent(await asked.json());
        requestsAre(request);
        return HttpResponse.json(request, { status: 201 });
      }),
    );
    requestsAre();
  });

  it("show their prices and limits, what they add, and which is one's own", async () => {
    renderInside(<PlanAndUsage />);

    expect((await partOf("Starter")).getByText("Your plan")).toBeVisible();
    expect((await partOf("Starter")).queryByRole("button")).toBeNull();
    const more = await partOf("Professional");
    expect(more.getByText("$49.50")).toBeVisible();
    expect(more.getByText("Everything in Starter, and")).toBeVisible();
    expect(more.getAllByRole("listitem").map((item) => item.textContent)).toEqual(["Advanced Analytics"]);
    expect(more.getByText("Appointments a month").parentElement).toHaveTextContent("500");
    expect(more.getByText("max_services").parentElement).toHaveTextContent("Unlimited");
  });

  it("warn of what would be lost, and of what would not fit", async () => {
    renderInside(<PlanAndUsage />);

    const less = await partOf("Free");
    expect(less.getByText("You would lose Payment Processing.")).toBeVisible();
    expect(less.getByText(/^More in use than it includes: appointments 137 of 100\. Nothing is deleted/)).toBeVisible();
    expect((await partOf("Professional")).queryByText(/lose|in use/)).toBeNull();
  });

  it("are asked for with the feature somebody came for, and a note", async () => {
    const { user } = renderInside(<PlanAndUsage />, { at: "/settings/plan?feature=advanced_analytics" });
    const button = () => screen.findAllByRole("button", { name: "Ask for Professional" });
    await partOf("Professional");
    const [first] = await button();
    if (first) await user.click(first);
    const dialog = within(await screen.findByRole("dialog", { name: "Ask for Professional?" }));
    expect(dialog.getByText(/You get/).parentElement).toHaveTextContent("You get: Advanced Analytics");

    await user.type(dialog.getByRole("textbox"), "From May on");
    await user.click(dialog.getByRole("button", { name: "Ask for this plan" }));

    expect(await screen.findByText("You asked for Professional")).toBeVisible();
    expect(sent.mock.calls).toEqual([[{ plan: "professional", feature: "advanced_analytics", note: "From May on" }]]);
    expect(await screen.findByText("You asked for Professional on March 2")).toBeVisible();
    expect((await partOf("Professional")).getByText("Requested")).toBeVisible();
    await waitFor(() => expect(screen.queryByRole("button", { name: /^Ask for/ })).toBeNull());
  });

  it("say why they could not be asked for", async () => {
    const refusal = { detail: "There is an open request already.", code: "plan_request_open" };
    server.use(http.post("*/api/plan-requests/", () => HttpResponse.json(refusal, { status: 409 })));
    const { user } = renderInside(<PlanAndUsage />);
    await user.click((await partOf("Professional")).getByRole("button", { name: "Ask for Professional" }));

    await user.click(await screen.findByRole("button", { name: "Ask for this plan" }));

    expect(await screen.findByRole("alert")).toHaveTextContent("There is an open request already.");
  });

  it("are no longer asked for when the owner thinks better of it", async () => {
    requestsAre(request);
    server.use(
      http.delete("*/api/plan-requests/:id/", ({ params }) => {
        sent(params.id);
        requestsAre({ ...request, state: "withdrawn" });
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = renderInside(<PlanAndUsage />);

    await user.click(await screen.findByRole("button", { name: "Withdraw the request for Professional" }));

    expect(await screen.findByText("You no longer ask for Professional")).toBeVisible();
    expect(sent.mock.calls).toEqual([[request.id]]);
    expect(await screen.findByRole("button", { name: "Ask for Professional" })).toBeVisible();
    expect(screen.queryByText(/You asked for Professional on/)).toBeNull();
  });

  it("can be asked for again after a request was declined", async () => {
    requestsAre({ ...request, state: "declined", decided_at: "2026-03-04T10:00:00-05:00" });

    renderInside(<PlanAndUsage />);

    expect(await screen.findByText("Your request for Professional was declined on March 4")).toBeVisible();
    expect((await partOf("Professional")).getByRole("button", { name: "Ask for Professional" })).toBeVisible();
  });

  it.each(["manager", "staff"] as const)("are shown to a %s, who can ask an owner only", async (role) => {
    server.use(http.get("*/api/plan-requests/", () => HttpResponse.error()));

    renderInside(<PlanAndUsage />, { viewer: viewerAs(role), at: "/settings/plan?feature=advanced_analytics" });

    expect((await partOf("Professional")).getByText("$49.50")).toBeVisible();
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.getAllByText("Ask an owner of Bright Smiles if you need another plan.")).toHaveLength(2);
  });
});
