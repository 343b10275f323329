import { useQuery } from "@tanstack/react-query";
import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Appointment } from "@/api/shapes";
import { appointmentWith, resource } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { otherResource } from "@/testing/scheduling";
import { server } from "@/testing/server";

import type { Act } from "./acts";
import { useAct, useMove } from "./mutations";
import { appointmentsBetween, appointmentsPage } from "./queries";

const NOW = new Date("2026-03-02T09:00:00-05:00");
const ELEVEN = "2026-03-03T11:00:00-05:00";
const span = { startAt: new Date("2026-03-01T00:00:00-05:00"), endAt: new Date("2026-03-08T00:00:00-05:00") };

/** A list of a week and a page of another list, with a button for every change. */
function Lists({ act }: { act: Act }) {
  const { data: week } = useQuery(appointmentsBetween(span));
  const { data: list } = useQuery(appointmentsPage({ page: 1, page_size: 25 }));
  const move = useMove();
  const perform = useAct();
  const [appointment] = week ?? [];
  return (
    <>
      <output aria-label="Week">{week?.map(words)}</output>
      <output aria-label="List">{list?.results.map(words)}</output>
      {appointment && (
        <>
          <button onClick={() => move.mutate({ appointment, startAt: new Date(ELEVEN) })}>Move</button>
          <button onClick={() => perform.mutate({ appointment, act })}>Act</button>
        </>
      )}
    </>
  );
}

const words = ({ start_at, status, resources }: Appointment) =>
  `${new Date(start_at).toISOString()} ${status} ${resources.join("+")}`;

const before = `2026-03-02T15:00:00.000Z confirmed ${resource.id}`;
const moved = `2026-03-03T16:00:00.000Z confirmed ${resource.id}`;

function listIs(...appointments: Appointment[]) {
  server.use(http.get("*/api/appointments/", () => HttpResponse.json(page(appointments))));
}

/** Records what is posted to an action and answers in turn; an answer may be held back. */
function answersOf(action: string, ...answers: (Response | Promise<Response>)[]) {
  const sent: { version: string | null; body: unknown }[] = [];
  server.use(
    http.post(`*/api/appointments/:id/${action}/`, async ({ request }) => {
      const text = await request.text();
      sent.push({ version: request.headers.get("If-Match"), body: text === "" ? null : JSON.parse(text) });
      return answers[sent.length - 1] ?? new HttpResponse(null, { status: 500 });
    }),
  );
  return sent;
}

const refusal = (status: number, code: string, more: object = {}) =>
  HttpResponse.json({ detail: `Refused: ${code}.`, code, ...more }, { status });

async function draw(act: Act = "cancel") {
  const { user } = renderInside(<Lists act={act} />);
  await waitFor(() => {
    expect(screen.getByLabelText("Week")).toHaveTextContent(before);
    expect(screen.getByLabelText("List")).toHaveTextContent(before);
  });
  return user;
}

function expectShown(text: string) {
  expect(screen.getByLabelText("Week")).toHaveTextContent(text);
  expect(screen.getByLabelText("List")).toHaveTextContent(text);
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  listIs(appointmentWith());
  server.use(http.get("*/api/resources/", () => HttpResponse.json(page([resource, otherResource]))));
});
afterEach(() => {
  vi.useRealTimers();
});

describe("moving", () => {
  const after = appointmentWith({ start_at: ELEVEN, end_at: "2026-03-03T11:45:00-05:00", version: 4 });

  it("shows the new time in every list before the server answers", async () => {
    let answer: (response: Response) => void = () => undefined;
    const sent = answersOf("reschedule", new Promise((resolve) => (answer = resolve)));
    const user = await draw();

    await user.click(screen.getByRole("button", { name: "Move" }));

    await waitFor(() => expectShown(moved));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toEqual({
      version: '"3"',
      body: { start_at: new Date(ELEVEN).toISOString(), allow_outside_hours: false },
    });
    listIs(after);
    answer(HttpResponse.json(after));
    expect(await screen.findByText("Ada Lovelace: moved")).toBeVisible();
    expectShown(moved);
  });

  it("is taken back when the server refuses, and says why", async () => {
    answersOf("reschedule", refusal(400, "closed"));
    const user = await draw();

    await user.click(screen.getByRole("button", { name: "Move" }));

    expect(await screen.findByText("Refused: closed.")).toBeVisible();
    expect(screen.getByText("Ada Lovelace: not moved")).toBeVisible();
    expectShown(before);
  });

  it("shows how it stands when somebody else changed it meanwhile", async () => {
    answersOf("reschedule", refusal(412, "stale_version"));
    const user = await draw();
    listIs(appointmentWith({ status: "cancelled", version: 4 }));

    await user.click(screen.getByRole("button", { name: "Move" }));

    expect(await screen.findByText(/Somebody else changed this appointment/)).toBeVisible();
    await waitFor(() => expectShown("cancelled"));
  });

  it("can be undone, even to a time outside opening hours", async () => {
    const back = appointmentWith({ version: 5 });
    const sent = answersOf("reschedule", HttpResponse.json(after), HttpResponse.json(back));
    const user = await draw();
    listIs(after);
    await user.click(screen.getByRole("button", { name: "Move" }));
    const undo = await screen.findByRole("button", { name: "Undo" });

    listIs(back);
    await user.click(undo);

    expect(await screen.findByText("Ada Lovelace: moved back")).toBeVisible();
    expect(sent[1]).toEqual({
      version: '"4"',
      body: { start_at: "2026-03-02T15:00:00.000Z", resources: [resource.id], allow_outside_hours: true },
    });
    expectShown(before);
  });

  it("goes on from the first of two moves in a row, which is nobody else's change", async () => {
    const again = { ...after, version: 5 };
    const sent = answersOf("reschedule", HttpResponse.json(after), HttpResponse.json(again));
    const user = await draw();
    listIs(again);

    await user.dblClick(screen.getByRole("button", { name: "Move" }));

    await waitFor(() => expect(sent.map(({ version }) => version)).toEqual(['"3"', '"4"']));
    expect(await screen.findAllByText("Ada Lovelace: moved")).toHaveLength(2);
  });

  it("offers what is free where the time is taken, and takes it with one click", async () => {
    const alternatives = ["2026-03-03T12:00:00-05:00"];
    const other = appointmentWith({ start_at: ELEVEN, resources: [otherResource.id], version: 4 });
    const sent = answersOf(
      "reschedule",
      refusal(409, "slot_taken", { conflicts: [], alternatives }),
      HttpResponse.json(other),
    );
    const user = await draw();

    await user.click(screen.getByRole("button", { name: "Move" }));

    const dialog = within(await screen.findByRole("dialog", { name: "This time is taken" }));
    expect(dialog.getByText(/Ada Lovelace, Cut & Style, stays on Mon, Mar 2, 10:00 AM/)).toBeVisible();
    expectShown(before);
    const sameTime = await dialog.findByRole("button", { name: "11:00 AM with Sofia Ramirez" });
    expect(dialog.getByRole("button", { name: "12:00 PM" })).toBeVisible();

    listIs(other);
    await user.click(sameTime);

    expect(await screen.findByText("Ada Lovelace: moved")).toBeVisible();
    expect(sent[1]?.body).toEqual({
      start_at: new Date(ELEVEN).toISOString(),
      resources: [otherResource.id],
      allow_outside_hours: false,
    });
  });
});

describe("acts", () => {
  it("cancel at once and reopen by undo", async () => {
    const cancelled = appointmentWith({ status: "cancelled", version: 4 });
    answersOf("cancel", HttpResponse.json(cancelled));
    const reopened = answersOf("reopen", HttpResponse.json(appointmentWith({ version: 5 })));
    const user = await draw();
    listIs(cancelled);

    await user.click(screen.getByRole("button", { name: "Act" }));

    await waitFor(() => expectShown("cancelled"));
    listIs(appointmentWith({ version: 5 }));
    await user.click(await screen.findByRole("button", { name: "Undo" }));

    expect(await screen.findByText("Ada Lovelace: open again")).toBeVisible();
    expect(reopened).toEqual([{ version: '"4"', body: null }]);
    expectShown(before);
  });

  it("are taken back when the server refuses", async () => {
    answersOf("complete", refusal(409, "not_started"));
    const user = await draw("complete");

    await user.click(screen.getByRole("button", { name: "Act" }));

    expect(await screen.findByText("Refused: not_started.")).toBeVisible();
    expectShown(before);
  });

  it("offer no undo for what cannot be taken back", async () => {
    vi.setSystemTime(new Date("2026-03-02T10:30:00-05:00"));
    const cancelled = appointmentWith({ status: "cancelled", version: 4 });
    answersOf("cancel", HttpResponse.json(cancelled));
    const user = await draw();
    listIs(cancelled);

    await user.click(screen.getByRole("button", { name: "Act" }));

    expect(await screen.findByText("Ada Lovelace: cancelled")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  });
});
