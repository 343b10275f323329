import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";

import { session, snapshotWith } from "@/testing/fixtures";
import { server } from "@/testing/server";

import { api, bodyOf } from "./client";
import { entitlementsKey } from "./entitlements";
import { createQueryClient } from "./query-client";
import { sessionKey } from "./session";

function clientWithAnswers() {
  const client = createQueryClient();
  client.setQueryData(entitlementsKey, snapshotWith());
  client.setQueryData(sessionKey, session);
  const isOutdated = (key: string[]) => client.getQueryState(key)?.isInvalidated;
  const ask = () =>
    client
      .query({ queryKey: ["resources"], queryFn: () => bodyOf(api.GET("/api/resources/")) })
      .catch((error: unknown) => error);
  return { ask, isOutdated };
}

const refuse = (status: number, code: string) => {
  const answer = vi.fn(() => HttpResponse.json({ detail: "No.", code }, { status }));
  server.use(http.get("*/api/resources/", answer));
  return answer;
};

describe("the memory of what the API said", () => {
  it.each(["feature_not_in_plan", "feature_revoked", "quota_exceeded", "subscription_suspended"])(
    "asks for the plan anew after a 403 %s",
    async (code) => {
      const { ask, isOutdated } = clientWithAnswers();
      const answer = refuse(403, code);

      await ask();

      expect(isOutdated(entitlementsKey)).toBe(true);
      expect(isOutdated(sessionKey)).toBe(false);
      expect(answer).toHaveBeenCalledTimes(1);
    },
  );

  it("leaves the plan alone when a role is too low", async () => {
    const { ask, isOutdated } = clientWithAnswers();
    refuse(403, "role_required");

    await ask();

    expect(isOutdated(entitlementsKey)).toBe(false);
  });

  it("asks who is signed in after a 401", async () => {
    const { ask, isOutdated } = clientWithAnswers();
    refuse(401, "not_authenticated");

    await ask();

    expect(isOutdated(sessionKey)).toBe(true);
  });
});
