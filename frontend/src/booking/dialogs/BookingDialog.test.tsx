import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { planIs } from "@/testing/answers";
import { appointmentsQuota, appointmentWith, resource, snapshotWith, viewerAs } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { customer, otherResource, service } from "@/testing/scheduling";
import { server } from "@/testing/server";

import { type Prefill, useBookingDesk } from "../desk";

const NOW = new Date("2026-03-02T09:00:00-05:00");
const TEN = new Date("2026-03-03T10:00:00-05:00");
const upgrade = { plan: "business", name: "Business", url: "/settings/plan?quota=max_appointments" };

function Opener({ prefill }: { prefill: Prefill }) {
  const { book } = useBookingDesk();
  return <button onClick={() => book(prefill)}>Open</button>;
}

async function open(prefill: Prefill = {}, viewer = viewerAs("owner")) {
  const { user } = renderInside(<Opener prefill={prefill} />, { viewer });
  await user.click(screen.getByRole("button", { name: "Open" }));
  await screen.findByRole("dialog", { name: "New appointment" });
  return user;
}

interface Sent {
  key: string | null;
  body: Record<string, unknown>;
}

/** Records the bookings and answers them in turn, at last with success. */
function bookingsAre(...refusals: (() => Response)[]): Sent[] {
  const sent: Sent[] = [];
  server.use(
    http.post("*/api/appointments/", async ({ request }) => {
      sent.push({
        key: request.headers.get("Idempotency-Key"),
        body: (await request.json()) as Record<string, unknown>,
      });
      const refuse = refusals[sent.length - 1];
      return refuse ? refuse() : HttpResponse.json(appointmentWith({ start_at: TEN.toISOString() }), { status: 201 });
    }),
  );
  return sent;
}

const refusal = (status: number, code: string, more: object = {}) => () =>
  HttpResponse.json({ detail: `Refused: ${code}.`, code, ...more }, { status });

const submit = (user: UserEvent) => user.click(screen.getByRole("button", { name: "Book appointment" }));

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  server.use(http.get("*/api/resources/", () => HttpResponse.json(page([resource, otherResource]))));
});
afterEach(() => {
  vi.useRealTimers();
});

describe("booking", () => {
  it("takes a service, a free time and a customer, by keyboard alone", async () => {
    server.use(
      http.get("*/api/services/", () => HttpResponse.json(page([service, { ...service, id: 2, name: "Blow-Dry" }]))),
    );
    const sent = bookingsAre();
    const user = await open();
    expect(screen.getByText("Choose a service to see its free times.")).toBeVisible();

    await user.click(await screen.findByRole("combobox", { name: "Service" }));
    await user.keyboard("cut{Enter}");
    // The day after tomorrow's only; the first day with something free is shown by itself.
    const ten = await screen.findByRole("radio", { name: "10:00 AM" });
    expect(screen.getByRole("radio", { name: /Tuesday, March 3, 3 free times/ })).toBeChecked();
    ten.focus();
    await user.keyboard(" ");
    await user.type(screen.getByRole("textbox", { name: "Customer" }), "ada");
    await screen.findByRole("option", { name: /Ada Lovelace/ });
    await user.keyboard("{ArrowDown}{Enter}");
    expect(await screen.findByText("1 no-show so far")).toBeVisible();
    await user.type(screen.getByRole("textbox", { name: "Notes" }), "Allergic to henna{Control>}{Enter}{/Control}");

    expect(await screen.findByText("Ada Lovelace: booked for Tue, Mar 3, 10:00 AM")).toBeVisible();
    expect(sent[0]?.body).toEqual({
      service: 1,
      customer: customer.id,
      start_at: TEN.toISOString(),
      resources: [],
      notes: "Allergic to henna",
      allow_outside_hours: false,
    });
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("says at each field what is missing", async () => {
    const sent = bookingsAre();
    const user = await open();

    await submit(user);

    expect(screen.getByText("Choose a time.")).toBeVisible();
    expect(screen.getByText("Choose a customer, or add a new one.")).toBeVisible();
    expect(sent).toHaveLength(0);
  });

  it("sends the same key for the same booking and another one for another", async () => {
    const lost = () => HttpResponse.error();
    const sent = bookingsAre(lost, lost);
    const user = await open({ startAt: TEN, serviceId: 1, customerId: customer.id });
    await screen.findByText(/ada@example.com/);

    await submit(user);
    expect(await screen.findByText(/The server cannot be reached/)).toBeVisible();
    await submit(user);
    await waitFor(() => expect(sent).toHaveLength(2));
    await user.click(await screen.findByRole("radio", { name: "11:00 AM" }));
    await submit(user);
    await waitFor(() => expect(sent).toHaveLength(3));

    const [first, second, third] = sent.map(({ key }) => key);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it("offers what is free where the time is taken, and books it with one click", async () => {
    const alternatives = ["2026-03-03T11:00:00-05:00"];
    const sent = bookingsAre(refusal(409, "slot_taken", { conflicts: [], alternatives }));
    const user = await open({ startAt: TEN, serviceId: 1, resourceId: resource.id, customerId: customer.id });
    await screen.findByText(/ada@example.com/);

    await submit(user);

    expect(await screen.findByText("This time is taken")).toBeVisible();
    expect(await screen.findByRole("button", { name: "10:00 AM with Sofia Ramirez" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "11:00 AM with Maya Thompson" }));

    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.body).toMatchObject({ start_at: "2026-03-03T16:00:00.000Z", resources: [resource.id] });
  });

  it("adds a new customer once, however often booking is tried", async () => {
    const added: unknown[] = [];
    server.use(
      http.get("*/api/customers/", () => HttpResponse.json(page([]))),
      http.post("*/api/customers/", async ({ request }) => {
        added.push(await request.json());
        return HttpResponse.json({ ...customer, name: "Grace Kim" }, { status: 201 });
      }),
    );
    const sent = bookingsAre(refusal(503, "busy"));
    const user = await open({ startAt: TEN, serviceId: 1 });

    await user.type(await screen.findByRole("textbox", { name: "Customer" }), "Grace Kim");
    await user.click(await screen.findByRole("option", { name: "New customer “Grace Kim”" }));
    expect(screen.getByRole("textbox", { name: "E-mail" })).toHaveFocus();
    await user.keyboard("grace@example.com");
    await submit(user);
    expect(await screen.findByText("Refused: busy.")).toBeVisible();
    await submit(user);

    await waitFor(() => expect(sent).toHaveLength(2));
    expect(added).toEqual([{ name: "Grace Kim", email: "grace@example.com", phone: "" }]);
  });

  it("names the rule at the time, and lets staff set it aside", async () => {
    const errors = { start_at: ["Maya Thompson is not available then."] };
    const sent = bookingsAre(refusal(400, "closed", { errors }));
    const user = await open({ startAt: TEN, serviceId: 1, customerId: customer.id });
    await screen.findByText(/ada@example.com/);

    await submit(user);

    expect(await screen.findByText("Maya Thompson is not available then.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Allow it, and book" }));
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent.map(({ body }) => body.allow_outside_hours)).toEqual([false, true]);
  });

  it("takes a time that is typed", async () => {
    const sent = bookingsAre();
    const user = await open({ serviceId: 1, customerId: customer.id });
    await screen.findByText(/ada@example.com/);
    await screen.findByRole("radio", { name: "10:00 AM" });

    await user.click(screen.getByRole("button", { name: "Enter another time" }));
    await user.type(screen.getByRole("combobox", { name: "Time" }), "7:20 pm{Enter}");
    await user.click(screen.getByRole("checkbox", { name: /Allow outside opening hours/ }));
    await submit(user);

    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body).toMatchObject({ start_at: "2026-03-04T00:20:00.000Z", allow_outside_hours: true });
  });
});

describe("a plan with few or no appointments left", () => {
  it("says how many are left", async () => {
    const near = { ...appointmentsQuota, used: 498, remaining: 2, state: "near" };
    planIs(snapshotWith({ quotas: { max_appointments: near } }));

    await open();

    expect(await screen.findByText("2 appointments left in your plan this month.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Book appointment" })).toBeEnabled();
  });

  it("explains itself and sends nothing when all are used", async () => {
    const reached = { ...appointmentsQuota, used: 500, remaining: 0, state: "reached", upgrade };
    planIs(snapshotWith({ quotas: { max_appointments: reached } }));

    await open();

    const note = within(await screen.findByRole("alert"));
    expect(note.getByRole("link")).toHaveAttribute("href", upgrade.url);
    expect(screen.getByRole("button", { name: "Book appointment" })).toBeDisabled();
  });

  it("learns from the refusal that others used the last one", async () => {
    const sent = bookingsAre(refusal(403, "quota_exceeded"));
    await openComplete();
    const reached = { ...appointmentsQuota, used: 500, remaining: 0, state: "reached", upgrade };
    planIs(snapshotWith({ quotas: { max_appointments: reached } }));

    screen.getByRole("button", { name: "Book appointment" }).click();

    expect(await screen.findByText(/Ask an owner of Bright Smiles to upgrade\./)).toBeVisible();
    expect(screen.getByRole("button", { name: "Book appointment" })).toBeDisabled();
    expect(sent).toHaveLength(1);
  });
});

async function openComplete() {
  const user = await open({ startAt: TEN, serviceId: 1, customerId: customer.id }, viewerAs("staff"));
  await screen.findByText(/ada@example.com/);
  return user;
}
