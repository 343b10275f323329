import { useQuery } from "@tanstack/react-query";
import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { api, bodyOf } from "@/api/client";
import { planFails, planIs, planIsPending } from "@/testing/answers";
import { locked, lockedAnalytics, snapshotWith } from "@/testing/fixtures";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";

import { LockedSection } from "./LockedSection";

const figuresAsked = vi.fn();

function Figures() {
  const { data, error } = useQuery({
    queryKey: ["figures"],
    queryFn: () => bodyOf(api.GET("/api/analytics/analytics/dashboard/")),
  });
  return <p>{error ? "refused" : data ? "the real figures" : "loading"}</p>;
}

function Section({ preview }: { preview?: React.ReactNode }) {
  return (
    <LockedSection feature="advanced_analytics" preview={preview} skeleton={<p>skeleton</p>}>
      <Figures />
    </LockedSection>
  );
}

describe("LockedSection", () => {
  beforeEach(() => {
    server.use(
      http.get("*/api/analytics/analytics/dashboard/", () => {
        figuresAsked();
        return HttpResponse.json({});
      }),
    );
  });

  it("shows its children where the feature may be used", async () => {
    renderInside(<Section />);

    expect(await screen.findByText("the real figures")).toBeVisible();
    expect(figuresAsked).toHaveBeenCalledTimes(1);
  });

  it("asks for nothing while locked, and keeps the preview out of reach", async () => {
    planIs(locked);

    renderInside(<Section preview={<button type="button">sample</button>} />);

    expect(await screen.findByText("Advanced Analytics comes with Professional")).toBeVisible();
    const preview = screen.getByText("sample").parentElement;
    expect(preview).toHaveAttribute("inert");
    expect(preview).toHaveAttribute("aria-hidden", "true");
    expect(screen.queryByRole("button", { name: "sample" })).toBeNull();
    expect(screen.queryByText("loading")).toBeNull();
    expect(figuresAsked).not.toHaveBeenCalled();
  });

  it("needs no preview", async () => {
    planIs(locked);

    renderInside(<Section />);

    expect(await screen.findByText("Advanced Analytics comes with Professional")).toBeVisible();
    expect(figuresAsked).not.toHaveBeenCalled();
  });

  it("draws its skeleton while the plan is being asked for", () => {
    planIsPending();

    renderInside(<Section preview={<p>sample</p>} />);

    expect(screen.getByText("skeleton")).toBeVisible();
    expect(screen.queryByText("sample")).toBeNull();
  });

  it("says that it could not check, and asks for nothing", async () => {
    planFails();

    renderInside(<Section preview={<p>sample</p>} />);

    expect(await screen.findByText(/could not check/)).toBeVisible();
    expect(screen.queryByText("sample")).toBeNull();
    expect(figuresAsked).not.toHaveBeenCalled();
  });

  it("locks by itself when the server refuses meanwhile", async () => {
    let snapshot = snapshotWith();
    server.use(
      http.get("*/api/entitlements/", () => HttpResponse.json(snapshot)),
      http.get("*/api/analytics/analytics/dashboard/", () => {
        snapshot = snapshotWith({ features: { advanced_analytics: lockedAnalytics } });
        return HttpResponse.json({ detail: "No.", code: "feature_not_in_plan" }, { status: 403 });
      }),
    );

    renderInside(<Section />);

    expect(await screen.findByText("Advanced Analytics comes with Professional")).toBeVisible();
  });
});
