import { screen } from "@testing-library/react";
import { http } from "msw";
import { describe, expect, it, vi } from "vitest";

import { conflict, connectionWith, linkWith, syncIs } from "@/testing/calendarSync";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as Today } from "./screen";

describe("connected calendars among what needs attention", () => {
  it("are told of by the appointments they contradict, each once", async () => {
    const other = linkWith({ appointment: "0195f3a2-6c1e-7d3b-9a51-2f0c6f6f2b99" });
    syncIs({ connections: [connectionWith()], conflicts: [conflict, conflict], links: [linkWith(), other] });
    renderInside(<Today />);

    expect(await screen.findByText("2 appointments contradict a calendar")).toBeVisible();
    expect(screen.getByRole("link", { name: "Calendar sync" })).toHaveAttribute("href", "/settings/calendar-sync");
  });

  it("are told of by name where only a person can make them work", async () => {
    syncIs({ connections: [connectionWith({ state: "needs_reauth", needs_action: true })] });
    renderInside(<Today />);

    expect(await screen.findByText("1 connected calendar needs you")).toBeVisible();
    expect(screen.getByText("maya@example.com: its busy time may be out of date.")).toBeVisible();
  });

  it("are not asked for where the plan has none", async () => {
    const asked = vi.fn();
    server.use(http.get("*/api/calendar-sync/*", () => asked() as never));
    renderInside(<Today />);

    expect(await screen.findByRole("heading", { name: "Needs attention" })).toBeVisible();
    expect(await screen.findByRole("list", { name: "Appointments of today" })).toBeVisible();
    expect(asked).not.toHaveBeenCalled();
  });
});
