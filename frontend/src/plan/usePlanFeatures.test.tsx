import { QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";

import { entitlementsKey } from "@/api/entitlements";
import { planFails, planIs, planIsPending } from "@/testing/answers";
import { appointmentsQuota, locked, lockedAnalytics, snapshotWith } from "@/testing/fixtures";
import { impatientClient } from "@/testing/render";
import { server } from "@/testing/server";

import { type FeatureState, useFeature } from "./useFeature";
import { usePlanFeatures } from "./usePlanFeatures";

const KEY = "advanced_analytics";

function ask() {
  const client = impatientClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => ({ plan: usePlanFeatures(), state: useFeature(KEY) }), { wrapper });
  const becomes = (state: FeatureState) =>
    waitFor(() => {
      expect(result.current.state).toBe(state);
    });
  return { client, becomes, plan: () => result.current.plan, state: () => result.current.state };
}

describe("usePlanFeatures and useFeature", () => {
  it("are pending until the server has answered, and know nothing meanwhile", () => {
    planIsPending();

    const { plan, state } = ask();

    expect(state()).toBe("pending");
    expect([plan().status, plan().canUse(KEY), plan().explain(KEY)]).toEqual(["pending", false, undefined]);
  });

  it("enable what the plan includes", async () => {
    const { plan, becomes } = ask();

    await becomes("enabled");
    expect([plan().status, plan().canUse(KEY), plan().upgradeFor(KEY)]).toEqual(["ready", true, null]);
    expect(plan().plan).toEqual({ code: "professional", name: "Professional" });
    expect(plan().quota("max_appointments")).toEqual(appointmentsQuota);
  });

  it("lock what it does not include, and tell what would unlock it", async () => {
    planIs(locked);

    const { plan, becomes } = ask();

    await becomes("locked");
    expect(plan().explain(KEY)).toEqual(lockedAnalytics);
    expect(plan().upgradeFor(KEY)).toEqual(lockedAnalytics.upgrade);
  });

  it("lock a feature the server does not know", async () => {
    server.use(http.get("*/api/entitlements/", () => HttpResponse.json({ ...snapshotWith(), features: {} })));

    await ask().becomes("locked");
  });

  it("say error when nobody could be asked, and ask again on request", async () => {
    planFails();
    const { plan, becomes } = ask();
    await becomes("error");
    expect(plan().canUse(KEY)).toBe(false);

    planIs(snapshotWith());
    act(() => {
      plan().retry();
    });

    await becomes("enabled");
  });

  it("go on with what they know when it cannot be renewed", async () => {
    const { client, becomes, state } = ask();
    await becomes("enabled");

    planFails();
    await act(() => client.invalidateQueries({ queryKey: entitlementsKey }));

    expect(client.getQueryState(entitlementsKey)?.status).toBe("error");
    expect(state()).toBe("enabled");
  });

  it("know from the navigation what the viewer's role has a use for", async () => {
    planIs(snapshotWith({ nav: [] }));

    const { plan, becomes } = ask();

    await becomes("enabled");
    expect(plan().isForViewer(KEY)).toBe(false);
  });
});
