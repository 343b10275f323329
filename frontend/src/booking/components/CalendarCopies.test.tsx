import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { linkWith, syncIs } from "@/testing/calendarSync";
import { appointmentWith } from "@/testing/fixtures";
import { renderInside } from "@/testing/render";

import { CalendarCopies } from "./CalendarCopies";

const draw = () =>
  renderInside(
    <dl>
      <CalendarCopies appointment={appointmentWith()} onLeave={() => undefined} />
    </dl>,
  );

describe("the calendars an appointment stands in", () => {
  it("are named with how it stands there", async () => {
    const links = [
      linkWith({ id: "1", state: "synced", due_at: null }),
      linkWith({ id: "2", calendar_name: "Family", state: "synced" }),
      linkWith({ id: "3", calendar_name: "Studio", state: "remote_changed" }),
      linkWith({ id: "4", calendar_name: "Old", state: "deleted" }),
    ];
    syncIs({ links });
    draw();

    expect(await screen.findByText("Work: up to date")).toBeVisible();
    expect(screen.getByText("Family: waiting to be written")).toBeVisible();
    expect(screen.getByText("Studio: changed there")).toBeVisible();
    expect(screen.getByRole("link", { name: "Decide" })).toHaveAttribute("href", "/settings/calendar-sync");
    expect(screen.queryByText(/^Old/)).toBeNull();
  });
});
