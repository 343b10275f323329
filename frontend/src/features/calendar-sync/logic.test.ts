import { describe, expect, it } from "vitest";

import { ApiError } from "@/api/api-error";
import { calendarWith, conflict, connectionWith, family, linkWith, providers, run } from "@/testing/calendarSync";
import { resource } from "@/testing/fixtures";
import { otherResource } from "@/testing/scheduling";

import { agoOf } from "./ago";
import { chosen } from "./choosing";
import { hasMoved, itemsOf } from "./inbox";
import { kindsOf } from "./kinds";
import { existingOf, problemsOf } from "./problems";
import { doneIn } from "./runs";
import { firstWhose, resourceIdOf, whoseOf } from "./whose";

describe("how long ago something was", () => {
  const now = new Date("2026-03-02T15:00:00Z");

  it.each([
    ["2026-03-02T14:59:31Z", "just now"],
    ["2026-03-02T14:57:00Z", "3 min ago"],
    ["2026-03-02T10:30:00Z", "4 h ago"],
    ["2026-02-28T15:00:00Z", "Feb 28, 2026, 10:00 AM"],
  ])("is told of %s as %s", (instant, said) => {
    expect(agoOf(instant, now, "America/New_York")).toBe(said);
  });
});

describe("what can be connected", () => {
  const kinds = kindsOf(providers);

  it("is told by the names of services, those with a name first", () => {
    expect(kinds.map(({ name }) => name)).toEqual([
      "Google Calendar",
      "Microsoft 365",
      "iCloud",
      "Nextcloud",
      "Other server (CalDAV)",
      "Calendar address (ICS)",
    ]);
    expect(kinds.find(({ key }) => key === "microsoft")?.isAvailable).toBe(false);
  });

  it("begins with the address of a service, but not with one that is nobody’s", () => {
    expect(kinds.find(({ key }) => key === "icloud")).toMatchObject({ url: "https://caldav.icloud.com/", pattern: "" });
    expect(kinds.find(({ key }) => key === "nextcloud")).toMatchObject({
      url: "",
      pattern: "https://your-server.example/remote.php/dav/",
    });
  });
});

describe("what went wrong while connecting", () => {
  const refused = (code: string, more: Partial<ConstructorParameters<typeof ApiError>[0]> = {}) =>
    new ApiError({ status: 400, code, detail: "The server said so.", ...more });

  it("is told at the field it is about, with what to do", () => {
    expect(problemsOf(refused("auth_failed"))).toEqual({
      password:
        "The server said so. Check the user name and the password. Many services want an app password made for this.",
    });
    expect(problemsOf(refused("url_not_allowed", { errors: { url: ["Not public."] } }))).toEqual({
      url: "Not public. Use the public https address of the server.",
    });
    expect(problemsOf(refused("throttled"))).toEqual({});
  });

  it("names the account that is there already", () => {
    expect(existingOf(refused("already_connected", { body: { connection_id: "7" } }))).toBe("7");
    expect(existingOf(refused("already_connected"))).toBeNull();
    expect(existingOf(refused("auth_failed", { body: { connection_id: "7" } }))).toBeNull();
  });
});

describe("whose time it is", () => {
  const own = { ...otherResource, user: 1 };
  const gone = { ...resource, id: 9, is_active: false };

  it("is anybody’s for managers, and one’s own for staff", () => {
    expect(whoseOf([resource, own, gone], { id: 1, role: "manager" })).toEqual([null, resource, own]);
    expect(whoseOf([resource, own, gone], { id: 1, role: "staff" })).toEqual([own]);
  });

  it("begins with oneself, else with the only choice, else with none", () => {
    expect(firstWhose([resource, own], { id: 1, role: "owner" })).toBe("8");
    expect(firstWhose([], { id: 2, role: "owner" })).toBe("business");
    expect(firstWhose([resource, own], { id: 2, role: "owner" })).toBe("");
    expect([resourceIdOf("business"), resourceIdOf("8")]).toEqual([null, 8]);
  });
});

describe("choosing calendars", () => {
  const other = connectionWith({ id: "other", calendars: [calendarWith({ id: "elsewhere", write_target: true })] });

  it("lets one calendar of an account be written to, and leaves other accounts alone", () => {
    const account = connectionWith({ calendars: [calendarWith({ write_target: true }), family] });

    const after = chosen([account, other], { calendar: family, choices: { write_target: true } });

    expect(after[0]?.calendars.map(({ write_target: isTarget }) => isTarget)).toEqual([false, true]);
    expect(after[1]).toBe(other);
  });

  it("changes nothing else of a calendar", () => {
    const [after] = chosen([connectionWith()], { calendar: calendarWith(), choices: { privacy: "busy" } });

    expect(after?.calendars).toEqual([calendarWith({ privacy: "busy" }), family]);
  });
});

describe("what is to be decided", () => {
  it("is one item for each appointment, however many events it lies in, by time", () => {
    const second = { ...conflict, busy_start_at: "2026-03-02T10:00:00-05:00", calendar_name: "Family" };
    const earlier = linkWith({ appointment: "earlier", appointment_start_at: "2026-03-02T09:00:00-05:00" });

    const items = itemsOf([conflict, second], [earlier]);

    expect(items.map(({ kind, appointment }) => [kind, appointment])).toEqual([
      ["changed", "earlier"],
      ["overlap", conflict.appointment],
    ]);
    expect(items[1]).toMatchObject({ conflicts: [conflict, second] });
  });

  it("tells a moved entry from one that was changed in another way", () => {
    const changedOf = (link: ReturnType<typeof linkWith>) => {
      const [item] = itemsOf([], [link]);
      return item?.kind === "changed" && hasMoved(item);
    };

    expect(changedOf(linkWith())).toBe(true);
    expect(changedOf(linkWith({ remote_start_at: "2026-03-02T15:00:00Z", remote_end_at: "2026-03-02T15:45:00Z" }))).toBe(false);
    expect(changedOf(linkWith({ remote_start_at: "2026-03-02T15:00:00Z", remote_end_at: "2026-03-02T16:45:00Z" }))).toBe(true);
    expect(changedOf(linkWith({ remote_start_at: null, remote_end_at: null }))).toBe(false);
  });
});

describe("what a visit came to", () => {
  it("is told by what changed, not by how often was asked", () => {
    expect(doneIn(run)).toBe("2 appointments written, 1 busy time new");
    expect(doneIn({ ...run, figures: { requests: 1 }, warnings: ["a", "b"] })).toBe("2 entries could not be read");
    expect(doneIn({ ...run, figures: {} })).toBe("Nothing changed");
  });

  it("says why it did not work", () => {
    expect(doneIn({ ...run, outcome: "failed", detail: "The server did not answer." })).toBe(
      "Did not work: The server did not answer.",
    );
  });
});
