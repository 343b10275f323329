import { http, HttpResponse } from "msw";

import type {
  CalendarConflict,
  CalendarConnection,
  CalendarProvider,
  EventLink,
  ExternalCalendar,
  Feed,
  SyncRun,
} from "@/api/calendarSync";
import type { FeatureEntry } from "@/api/shapes";

import { planIs } from "./answers";
import { appointmentWith, resource, snapshotWith } from "./fixtures";
import { page } from "./handlers";
import { server } from "./server";

export const allowedSync: FeatureEntry = {
  name: "Calendar Sync",
  summary: "Two-way sync with the calendars your team uses.",
  allowed: true,
  source: "plan",
  upgrade: null,
};

export const lockedSync: FeatureEntry = {
  ...allowedSync,
  allowed: false,
  upgrade: { plan: "professional", name: "Professional", url: "/settings/plan?feature=can_use_calendar_sync" },
};

/** Returns a calendar that is read, with what is given in place of its parts. */
export function calendarWith(parts: Partial<ExternalCalendar> = {}): ExternalCalendar {
  return {
    id: "0195f3a2-6c1e-7d3b-9a51-2f0c6f6fca01",
    name: "Work",
    color: "#2f7d6d",
    time_zone: "America/New_York",
    is_writable: true,
    read_busy: true,
    write_target: false,
    privacy: "full",
    tentative_blocks: true,
    cancel_on_remote_delete: false,
    move_on_remote_move: false,
    invites_customers: false,
    last_pulled_at: "2026-03-02T14:57:00Z",
    missing_since: null,
    ...parts,
  };
}

export const family = calendarWith({ id: "0195f3a2-6c1e-7d3b-9a51-2f0c6f6fca02", name: "Family", read_busy: false });

/** Returns an account that works, with what is given in place of its parts. */
export function connectionWith(parts: Partial<CalendarConnection> = {}): CalendarConnection {
  return {
    id: "0195f3a2-6c1e-7d3b-9a51-2f0c6f6fc001",
    provider: "caldav",
    account_label: "maya@example.com",
    resource: resource.id,
    resource_name: resource.name,
    reconnect_url: "/settings/calendar-sync?connection=0195f3a2-6c1e-7d3b-9a51-2f0c6f6fc001",
    state: "active",
    state_code: "",
    state_detail: "",
    paused_by: "",
    needs_action: false,
    scopes: [],
    created_at: "2026-01-05T09:00:00-05:00",
    last_success_at: "2026-03-02T14:57:00Z",
    last_attempt_at: "2026-03-02T14:57:00Z",
    next_attempt_at: "2026-03-02T15:02:00Z",
    stale_since: null,
    counts: { calendars: 2, links: 42, pending: 0, failed: 0 },
    calendars: [calendarWith(), family],
    ...parts,
  };
}

export const conflict: CalendarConflict = {
  appointment: appointmentWith().id,
  service_name: "Cut & Style",
  customer_name: "Ada Lovelace",
  resource: resource.id,
  resource_name: resource.name,
  appointment_start_at: "2026-03-02T10:00:00-05:00",
  appointment_end_at: "2026-03-02T10:45:00-05:00",
  busy_start_at: "2026-03-02T10:30:00-05:00",
  busy_end_at: "2026-03-02T11:30:00-05:00",
  connection: connectionWith().id,
  calendar: calendarWith().id,
  calendar_name: "Work",
};

/** Returns the entry of an appointment that somebody moved from ten to two, with what is given in place of its parts. */
export function linkWith(parts: Partial<EventLink> = {}): EventLink {
  return {
    id: "0195f3a2-6c1e-7d3b-9a51-2f0c6f6fe001",
    appointment: appointmentWith().id,
    service_name: "Cut & Style",
    customer_name: "Ada Lovelace",
    appointment_start_at: "2026-03-02T10:00:00-05:00",
    appointment_end_at: "2026-03-02T10:45:00-05:00",
    connection: connectionWith().id,
    calendar: calendarWith().id,
    calendar_name: "Work",
    state: "remote_changed",
    due_at: "2026-03-02T15:05:00Z",
    synced_at: "2026-03-02T14:00:00Z",
    remote_changed_at: "2026-03-02T15:00:00Z",
    remote_start_at: "2026-03-02T19:00:00Z",
    remote_end_at: "2026-03-02T19:45:00Z",
    times_deleted_remotely: 0,
    problem_code: "",
    problem: "",
    ...parts,
  };
}

export const feed: Feed = {
  id: "0195f3a2-6c1e-7d3b-9a51-2f0c6f6ff001",
  scope: "resource",
  resource: resource.id,
  privacy: "initials",
  past_days: 30,
  future_days: 180,
  prefix: "x7Kq2a",
  created_at: "2026-02-01T09:00:00-05:00",
  rotated_at: null,
  last_read_at: null,
};

export const run: SyncRun = {
  id: 9,
  kind: "push",
  outcome: "done",
  code: "",
  detail: "",
  started_at: "2026-03-02T14:57:00Z",
  finished_at: "2026-03-02T14:57:01Z",
  figures: { written: 2, busy_added: 1, requests: 4 },
  warnings: [],
};

export const providers: CalendarProvider[] = [
  {
    key: "caldav",
    name: "CalDAV",
    auth: "password",
    is_available: true,
    can_write: true,
    presets: [
      { name: "iCloud", url: "https://caldav.icloud.com/", hint: "Use an app-specific password." },
      { name: "Nextcloud", url: "https://your-server.example/remote.php/dav/", hint: "Put in your own server." },
      { name: "Other", url: "", hint: "The address of the server." },
    ],
  },
  { key: "google", name: "Google Calendar", auth: "oauth", is_available: true, can_write: true, presets: [] },
  { key: "microsoft", name: "Microsoft 365", auth: "oauth", is_available: false, can_write: true, presets: [] },
  { key: "ics", name: "Calendar address (ICS)", auth: "url", is_available: true, can_write: false, presets: [] },
];

interface Synced {
  connections?: CalendarConnection[];
  conflicts?: CalendarConflict[];
  /** Given by the states that are asked for. */
  links?: EventLink[];
  feeds?: Feed[];
}

/** Lets the plan have calendar sync, and the API answer with these rows. */
export function syncIs({ connections = [], conflicts = [], links = [], feeds = [] }: Synced = {}): void {
  planIs(snapshotWith({ features: { can_use_calendar_sync: allowedSync } }));
  server.use(
    http.get("*/api/calendar-sync/providers/", () => HttpResponse.json(providers)),
    http.get("*/api/calendar-sync/connections/", () => HttpResponse.json(page(connections))),
    http.get("*/api/calendar-sync/conflicts/", () => HttpResponse.json(conflicts)),
    http.get("*/api/calendar-sync/feeds/", () => HttpResponse.json(page(feeds))),
    http.get("*/api/calendar-sync/event-links/", ({ request }) => {
      const state = new URL(request.url).searchParams.get("state");
      return HttpResponse.json(page(links.filter((link) => state === null || link.state === state)));
    }),
    http.get("*/api/calendar-sync/connections/:id/status/", ({ params }) => {
      const connection = connections.find(({ id }) => id === params.id);
      return HttpResponse.json({ ...connection, recent_runs: [run] });
    }),
  );
}
