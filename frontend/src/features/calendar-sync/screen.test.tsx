import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";

import { planIs } from "@/testing/answers";
import {
  calendarWith,
  conflict,
  connectionWith,
  family,
  feed,
  linkWith,
  lockedSync,
  syncIs,
} from "@/testing/calendarSync";
import { appointmentWith, resource, snapshotWith, viewerAs } from "@/testing/fixtures";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";

import { leaveFor } from "./leave";
import { Component as CalendarSync } from "./screen";

vi.mock("./leave", () => ({ leaveFor: vi.fn() }));

const sent = vi.fn();
const ACCOUNT = "maya@example.com";
const SCREEN = "/settings/calendar-sync";
const API = "*/api/calendar-sync";

/** Lets a request be answered, and notes its body. */
function answering(method: "post" | "patch" | "delete", path: string, body: object | null, status = 200) {
  server.use(
    http[method](`${API}${path}`, async ({ request }) => {
      const text = await request.text();
      sent(new URL(request.url).pathname.replace("/api/calendar-sync", "") + new URL(request.url).search, text && JSON.parse(text));
      return body === null ? new HttpResponse(null, { status }) : HttpResponse.json(body, { status });
    }),
  );
}

const draw = (options?: Parameters<typeof renderInside>[1]) => renderInside(<CalendarSync />, { at: SCREEN, ...options });
const cardOf = async (account = ACCOUNT) => {
  const heading = await screen.findByRole("heading", { name: account });
  return within(heading.closest("li") ?? heading);
};

/** Opens the dialog that connects; until the plan is known its button stands there disabled. */
async function openConnecting({ user }: ReturnType<typeof draw>) {
  await waitFor(() => expect(screen.getByRole("button", { name: "Connect a calendar" })).toBeEnabled());
  await user.click(screen.getByRole("button", { name: "Connect a calendar" }));
  return within(await screen.findByRole("dialog", { name: "Connect a calendar" }));
}

describe("the accounts", () => {
  it("are none at first, and nothing is there to be decided", async () => {
    syncIs();
    draw();

    expect(await screen.findByRole("heading", { name: "No calendar connected yet" })).toBeVisible();
    expect(screen.queryByRole("region", { name: "To decide" })).toBeNull();
  });

  it("show whose they are, how they are, and what is read and written", async () => {
    const calendars = [calendarWith(), calendarWith({ id: "2", name: "Appointments", read_busy: false, write_target: true })];
    syncIs({ connections: [connectionWith({ calendars, counts: { calendars: 2, links: 42, pending: 1, failed: 0 } })] });
    draw();

    const card = await cardOf();
    expect(card.getByText("CalDAV · Maya Thompson’s time")).toBeVisible();
    expect(card.getByText("Writing")).toBeVisible();
    expect(card.getByText("Reads Work. Writes to Appointments.")).toBeVisible();
    expect(card.getByText("42 written")).toBeVisible();
    expect(card.getByText("1 waiting")).toBeVisible();
    expect(await screen.findByText(/^Nothing to decide\./)).toBeVisible();
  });

  it("tell what happened in the last visits once somebody asks", async () => {
    syncIs({ connections: [connectionWith()] });
    const { user } = draw();

    await user.click((await cardOf()).getByRole("button", { name: "Recent visits" }));

    expect(await screen.findByText("2 appointments written, 1 busy time new")).toBeVisible();
  });

  it("are read now, and say so when that goes on already", async () => {
    syncIs({ connections: [connectionWith()] });
    answering("post", "/connections/:id/sync/", { detail: "A visit is under way.", code: "sync_running" }, 409);
    const { user } = draw();

    await user.click((await cardOf()).getByRole("button", { name: `Sync ${ACCOUNT} now` }));

    expect(await screen.findByText("It is being read at this moment.")).toBeVisible();
  });

  it("are paused, and shown so at once", async () => {
    syncIs({ connections: [connectionWith()] });
    answering("post", "/connections/:id/pause/", connectionWith({ state: "paused", paused_by: "user" }));
    const { user } = draw();
    await user.click((await cardOf()).getByRole("button", { name: `More for ${ACCOUNT}` }));

    syncIs({ connections: [connectionWith({ state: "paused", paused_by: "user" })] });
    answering("post", "/connections/:id/pause/", connectionWith({ state: "paused", paused_by: "user" }));
    await user.click(await screen.findByRole("menuitem", { name: "Pause" }));

    expect(await screen.findByText(`${ACCOUNT} is paused`)).toBeVisible();
    expect((await cardOf()).getByText("Paused")).toBeVisible();
  });

  it("that lost their access are given another password, with what is wrong at its field", async () => {
    syncIs({ connections: [connectionWith({ state: "needs_reauth", state_code: "auth_failed", needs_action: true })] });
    answering("post", "/connections/:id/reconnect/", { detail: "Not accepted.", code: "auth_failed" }, 400);
    const { user } = draw();
    const card = await cardOf();
    expect(card.getByText("Needs you")).toBeVisible();
    await user.click(card.getByRole("button", { name: `Reconnect ${ACCOUNT}` }));
    const dialog = within(await screen.findByRole("dialog", { name: `Reconnect ${ACCOUNT}` }));
    const password = dialog.getByLabelText("Password");
    await user.type(password, "old");
    await user.click(dialog.getByRole("button", { name: "Reconnect" }));
    await waitFor(() => expect(password).toHaveAccessibleDescription(/^Not accepted\. Check the user name/));

    answering("post", "/connections/:id/reconnect/", connectionWith());
    await user.clear(password);
    await user.type(password, "new");
    await user.click(dialog.getByRole("button", { name: "Reconnect" }));

    expect(await screen.findByText(`${ACCOUNT} is connected again`)).toBeVisible();
    expect(sent.mock.lastCall?.[1]).toEqual({ username: ACCOUNT, password: "new" });
  });

  it("are disconnected after a question, with our entries if that is wanted", async () => {
    syncIs({ connections: [connectionWith()] });
    answering("delete", "/connections/:id/", null, 202);
    const { user } = draw();
    await user.click((await cardOf()).getByRole("button", { name: `More for ${ACCOUNT}` }));
    await user.click(await screen.findByRole("menuitem", { name: "Disconnect" }));
    const dialog = within(await screen.findByRole("dialog", { name: `Disconnect ${ACCOUNT}?` }));
    expect(sent).not.toHaveBeenCalled();

    await user.click(dialog.getByRole("checkbox", { name: "Also remove our entries from its calendars" }));
    await user.click(dialog.getByRole("button", { name: "Disconnect" }));

    expect(await screen.findByText(`${ACCOUNT} is being disconnected`)).toBeVisible();
    expect(sent.mock.calls).toEqual([[`/connections/${connectionWith().id}/?remove_remote_events=true`, ""]]);
  });

  it("show what was not written, and let it be tried again", async () => {
    const failed = linkWith({ state: "failed", problem: "The server refused the entry.", remote_start_at: null, remote_end_at: null });
    const connections = [connectionWith({ counts: { calendars: 1, links: 3, pending: 0, failed: 1 } })];
    syncIs({ connections, links: [failed] });
    answering("post", "/event-links/:id/retry/", { ...failed, state: "pending" });
    const { user } = draw();

    expect(await screen.findByText("The server refused the entry.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Try again to write Cut & Style, Ada Lovelace" }));

    expect(await screen.findByText("It is tried again")).toBeVisible();
  });
});

describe("connecting", () => {
  it("goes from the kind to the calendars, with what is wrong at its field", async () => {
    syncIs();
    answering("post", "/connections/", { detail: "There is no calendar.", code: "not_a_calendar" }, 400);
    const drawn = draw();
    const { user } = drawn;
    const kinds = await openConnecting(drawn);
    expect(await kinds.findByRole("button", { name: /Microsoft 365.*Not set up on this installation/ })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await user.click(kinds.getByRole("button", { name: /^iCloud/ }));

    const dialog = within(await screen.findByRole("dialog", { name: "Connect iCloud" }));
    const server_ = await dialog.findByRole("textbox", { name: "Server" });
    expect(server_).toHaveValue("https://caldav.icloud.com/");
    await user.click(dialog.getByRole("button", { name: "Connect" }));
    expect(dialog.getByText("Choose whose time it is.")).toBeVisible();
    await user.click(dialog.getByRole("combobox", { name: "Whose time is it?" }));
    await user.click(await screen.findByRole("option", { name: resource.name }));
    await user.type(dialog.getByRole("textbox", { name: "User name" }), "m");
    await user.type(dialog.getByLabelText("Password"), "pw");
    await user.click(dialog.getByRole("button", { name: "Connect" }));
    await waitFor(() => expect(server_).toHaveAccessibleDescription(/^There is no calendar\. /));

    syncIs({ connections: [connectionWith()] });
    answering("post", "/connections/", connectionWith(), 201);
    await user.click(dialog.getByRole("button", { name: "Connect" }));

    const choices = within(await screen.findByRole("dialog", { name: "Choose its calendars" }));
    expect(await choices.findByRole("switch", { name: "Read busy time of Work" })).toBeChecked();
    expect(sent.mock.lastCall?.[1]).toEqual({
      provider: "caldav",
      url: "https://caldav.icloud.com/",
      username: "m",
      password: "pw",
      resource: resource.id,
    });
  });

  it("leaves for the consent page of Google, and remembers no password", async () => {
    syncIs();
    answering("post", "/connections/oauth/start/", { authorize_url: "https://accounts.example/consent", expires_at: "" });
    const drawn = draw();
    const { user } = drawn;
    const kinds = await openConnecting(drawn);
    await user.click(await kinds.findByRole("button", { name: /^Google Calendar/ }));
    await user.click(await screen.findByRole("combobox", { name: "Whose time is it?" }));
    await user.click(await screen.findByRole("option", { name: "The whole business" }));
    await user.click(screen.getByRole("button", { name: "Continue to Google Calendar" }));

    await waitFor(() => expect(leaveFor).toHaveBeenCalledWith("https://accounts.example/consent"));
    expect(sent.mock.calls).toEqual([
      ["/connections/oauth/start/", { provider: "google", resource: null, return_path: SCREEN }],
    ]);
  });

  it("is for staff who are a resource", async () => {
    syncIs();
    const drawn = draw({ viewer: viewerAs("staff") });
    const kinds = await openConnecting(drawn);
    await drawn.user.click(await kinds.findByRole("button", { name: /^Google Calendar/ }));

    expect(await screen.findByText(/^You are no resource here\./)).toBeVisible();
  });

  it("opens the calendars of an account that somebody just gave consent for", async () => {
    syncIs({ connections: [connectionWith()] });
    draw({ at: `${SCREEN}?connection=${connectionWith().id}` });

    expect(await screen.findByRole("dialog", { name: `Calendars of ${ACCOUNT}` })).toBeVisible();
  });

  it("lets an account in again that somebody was led to because it lost its access", async () => {
    syncIs({ connections: [connectionWith({ state: "needs_reauth", needs_action: true })] });
    draw({ at: `${SCREEN}?connection=${connectionWith().id}` });

    expect(await screen.findByRole("dialog", { name: `Reconnect ${ACCOUNT}` })).toBeVisible();
  });

  it("says in words why an account is not connected", async () => {
    syncIs();
    draw({ at: `${SCREEN}?error=missing_scope` });

    expect(await screen.findByRole("alert")).toHaveTextContent("leave every box ticked");
  });
});

describe("choosing calendars", () => {
  const open = async () => {
    const drawn = draw({ at: `${SCREEN}?connection=${connectionWith().id}` });
    return { ...drawn, dialog: within(await screen.findByRole("dialog", { name: `Calendars of ${ACCOUNT}` })) };
  };

  it("counts at once, and is taken back where the server refuses", async () => {
    syncIs({ connections: [connectionWith()] });
    let refuse: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      refuse = resolve;
    });
    server.use(
      http.patch(`${API}/calendars/:id/`, async () => {
        await asked;
        return HttpResponse.json({ detail: "Not now.", code: "busy" }, { status: 400 });
      }),
    );
    const { user, dialog } = await open();
    const read = dialog.getByRole("switch", { name: "Read busy time of Family" });

    await user.click(read);
    await waitFor(() => expect(read).toBeChecked());
    refuse();

    expect(await screen.findByText("Family is as before")).toBeVisible();
    await waitFor(() => expect(read).not.toBeChecked());
  });

  it("shows what a calendar that is written to gets to see, and what its changes do", async () => {
    const written = connectionWith({ calendars: [calendarWith({ write_target: true }), family] });
    syncIs({ connections: [written] });
    answering("patch", "/calendars/:id/", calendarWith({ write_target: true, privacy: "initials" }));
    const { user, dialog } = await open();
    expect(dialog.getByRole("radio", { name: "Work" })).toBeChecked();
    expect(dialog.getByRole("switch", { name: "Move the appointment when its entry is moved" })).not.toBeChecked();
    expect(dialog.getByRole("switch", { name: "Cancel the appointment when its entry is deleted" })).not.toBeChecked();

    await user.click(dialog.getByRole("radio", { name: "Service and initials" }));

    await waitFor(() => {
      expect(sent.mock.calls).toEqual([[`/calendars/${calendarWith().id}/`, { privacy: "initials" }]]);
    });
  });

  it("does not offer to write where that is not possible", async () => {
    syncIs({ connections: [connectionWith({ calendars: [calendarWith({ is_writable: false })] })] });
    const { dialog } = await open();

    expect(dialog.getByText(/Can only be read/)).toBeVisible();
    expect(dialog.queryByRole("radio")).toBeNull();
  });
});

describe("deciding", () => {
  const connections = [connectionWith()];

  it("keeps an appointment that lies in busy time", async () => {
    syncIs({ connections, conflicts: [conflict] });
    answering("post", "/conflicts/keep/", null, 204);
    const { user } = draw();
    const inbox = within(await screen.findByRole("region", { name: "To decide" }));
    expect(await inbox.findByText("Work is busy 10:30 – 11:30 AM")).toBeVisible();

    server.use(http.get(`${API}/conflicts/`, () => HttpResponse.json([])));
    await user.click(inbox.getByRole("button", { name: /^Keep it: Ada Lovelace/ }));

    expect(await screen.findByText("Ada Lovelace’s appointment stays where it is")).toBeVisible();
    expect(sent.mock.calls).toEqual([["/conflicts/keep/", { appointment: conflict.appointment }]]);
    expect(await screen.findByText(/^Nothing to decide\./)).toBeVisible();
  });

  it("opens the appointment with the choice of another time", async () => {
    syncIs({ connections, conflicts: [conflict] });
    const { user } = draw();

    await user.click(await screen.findByRole("button", { name: /^Find another time: Ada Lovelace/ }));

    // The drawer is loaded first.
    expect(await screen.findByText("Choose a time", undefined, { timeout: 15_000 })).toBeVisible();
  });

  it("moves an appointment to where its entry was moved", async () => {
    syncIs({ connections, links: [linkWith()] });
    answering("post", "/event-links/:id/accept-remote/", linkWith({ state: "synced" }));
    const { user } = draw();
    expect(await screen.findByText("Ada Lovelace’s entry was moved in the calendar")).toBeVisible();
    expect(screen.getByText("Mon, Mar 2, 2:00 – 2:45 PM")).toBeVisible();

    await user.click(screen.getByRole("button", { name: /^Move the appointment there: Ada Lovelace/ }));

    expect(await screen.findByText("Ada Lovelace’s appointment is moved")).toBeVisible();
  });

  it("says why an appointment cannot move there, and offers other times", async () => {
    syncIs({ connections, links: [linkWith()] });
    const refusal = {
      detail: "This time is already taken.",
      code: "slot_taken",
      conflicts: [],
      alternatives: ["2026-03-03T11:00:00-05:00"],
    };
    answering("post", "/event-links/:id/accept-remote/", refusal, 409);
    const { user } = draw();

    await user.click(await screen.findByRole("button", { name: /^Move the appointment there: Ada Lovelace/ }));

    expect(await screen.findByRole("alert")).toHaveTextContent("This time is already taken.");
    expect(await screen.findByRole("dialog", { name: "This time is taken" })).toBeVisible();
  });

  it("cancels an appointment the way it is done elsewhere", async () => {
    syncIs({ connections, links: [linkWith()] });
    server.use(
      http.post("*/api/appointments/:id/cancel/", ({ request }) => {
        sent(request.headers.get("If-Match"));
        return HttpResponse.json(appointmentWith({ status: "cancelled", version: 4 }));
      }),
    );
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: /^Cancel it: Ada Lovelace/ }));

    await user.click(await screen.findByRole("button", { name: "Cancel appointment" }));

    await waitFor(() => expect(sent.mock.calls).toEqual([['"3"']]));
  });
});

describe("subscriptions", () => {
  const address = {
    ...feed,
    url: "https://demo.example/api/calendar-sync/feeds/x7Kq2aSECRET.ics",
    webcal_url: "webcals://demo.example/api/calendar-sync/feeds/x7Kq2aSECRET.ics",
  };

  it("are made, and their address is shown once", async () => {
    syncIs();
    answering("post", "/feeds/", address, 201);
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: "New subscription" }));
    const form = within(await screen.findByRole("dialog", { name: "New subscription" }));
    await user.click(form.getByRole("combobox", { name: "Whose appointments?" }));
    await user.click(await screen.findByRole("option", { name: resource.name }));
    await user.click(form.getByRole("button", { name: "Make address" }));

    const secret = within(await screen.findByRole("dialog", { name: "Copy the address now" }));
    expect(secret.getByRole("textbox", { name: "Secret address" })).toHaveValue(address.url);
    expect(secret.getByRole("link", { name: "Open in a calendar program" })).toHaveAttribute("href", address.webcal_url);
    expect(sent.mock.calls).toEqual([
      ["/feeds/", { resource: resource.id, privacy: "initials", past_days: 30, future_days: 180 }],
    ]);
    await user.click(secret.getByRole("button", { name: "Done" }));
    const question = within(await screen.findByRole("dialog", { name: "Close without copying?" }));
    await user.click(question.getByRole("button", { name: "Close" }));
    await waitFor(() => expect(screen.queryByDisplayValue(address.url)).toBeNull());
  });

  it("are given another address after a question", async () => {
    syncIs({ feeds: [feed] });
    answering("post", "/feeds/:id/rotate/", address);
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: `New address for Appointments of ${resource.name}` }));
    expect(sent).not.toHaveBeenCalled();

    await user.click(await screen.findByRole("button", { name: "Make new address" }));

    expect(await screen.findByDisplayValue(address.url)).toBeVisible();
  });

  it("are deleted after a question", async () => {
    syncIs({ feeds: [feed] });
    answering("delete", "/feeds/:id/", null, 204);
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: `Delete Appointments of ${resource.name}` }));
    server.use(http.get(`${API}/feeds/`, () => HttpResponse.json({ count: 0, next: null, previous: null, results: [] })));

    await user.click(await screen.findByRole("button", { name: "Delete" }));

    expect(await screen.findByText(`Appointments of ${resource.name} is deleted`)).toBeVisible();
    expect(await screen.findByText(/^Make one to see appointments/)).toBeVisible();
  });
});

describe("without calendar sync in the plan", () => {
  it("shows what it would be, and asks for nothing", async () => {
    planIs(snapshotWith({ features: { can_use_calendar_sync: lockedSync } }));
    server.use(http.get(`${API}/*`, () => sent("asked") as never));
    draw();

    expect(await screen.findByText("Calendar Sync comes with Professional", { selector: "p" })).toBeVisible();
    expect(sent).not.toHaveBeenCalled();
  });
});
