import { http, HttpResponse } from "msw";

import type { DateOverride, QuotaEntry, Resource, Service, TimeOff, Week } from "@/api/shapes";

import { planIs } from "./answers";
import { resource, snapshotWith } from "./fixtures";
import { page } from "./handlers";
import { server } from "./server";

/** Returns a service of the salon, with what is given in place of its parts. */
export function serviceWith(parts: Partial<Service> = {}): Service {
  return {
    id: 1,
    name: "Cut & Style",
    description: "",
    duration_minutes: 45,
    buffer_before_minutes: 5,
    buffer_after_minutes: 10,
    price_cents: 7800,
    currency: "USD",
    min_notice_minutes: 120,
    max_advance_days: 90,
    slot_step_minutes: 15,
    is_active: true,
    resources: [resource.id],
    resource_groups: [[resource.id]],
    created_at: "2026-01-05T09:00:00-05:00",
    updated_at: "2026-01-05T09:00:00-05:00",
    ...parts,
  };
}

/** Returns a quota of ten, with what is given in place of its parts. */
export function quotaWith(parts: Partial<QuotaEntry>): QuotaEntry {
  return {
    name: "Resources",
    limit: 10,
    used: 3,
    remaining: 7,
    window: "total",
    resets_at: null,
    state: "ok",
    upgrade: null,
    ...parts,
  };
}

/** Lets a plan have these quotas. */
export function quotasAre(quotas: Record<"max_resources" | "max_services", QuotaEntry>): void {
  planIs(snapshotWith({ quotas }));
}

const weekOf = (owner: number | null, intervals: Week["days"][number]["intervals"]): Week => ({
  resource: owner,
  days: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, intervals: weekday < 5 ? intervals : [] })),
});

/** Monday to Friday from nine to five. */
export const openingHours = weekOf(null, [{ opens: "09:00", closes: "17:00" }]);

interface Catalogue {
  resources?: Resource[];
  services?: Service[];
  business?: Week;
  own?: Week;
  dates?: DateOverride[];
  timeOff?: TimeOff[];
}

/** Lets the business have these resources, services and hours; who is asked for without any has none of their own. */
export function catalogueIs(catalogue: Catalogue = {}): void {
  const { resources = [resource], services = [serviceWith()], business = openingHours } = catalogue;
  const { own = weekOf(resource.id, []), dates = [], timeOff = [] } = catalogue;
  const ownedBy = (request: Request) => (row: { resource?: number | null }) =>
    String(row.resource ?? "none") === new URL(request.url).searchParams.get("resource");
  server.use(
    http.get("*/api/resources/", () => HttpResponse.json(page(resources))),
    http.get("*/api/services/", () => HttpResponse.json(page(services))),
    http.get("*/api/team/", () => HttpResponse.json(page([]))),
    http.get("*/api/schedule/working-hours/week/", ({ request }) =>
      HttpResponse.json(new URL(request.url).searchParams.has("resource") ? own : business),
    ),
    http.get("*/api/schedule/working-hours/", () => HttpResponse.json(page([]))),
    http.get("*/api/schedule/date-overrides/", ({ request }) =>
      HttpResponse.json(page(dates.filter(ownedBy(request)))),
    ),
    http.get("*/api/schedule/time-off/", ({ request }) => HttpResponse.json(page(timeOff.filter(ownedBy(request))))),
  );
}

type Method = "post" | "put" | "patch" | "delete";

/** Answers a write, and notes what was sent: its body and its query. */
export function answering(method: Method, path: string, body: object | null, status = 200) {
  const sent: { body: unknown; query: Record<string, string> }[] = [];
  server.use(
    http[method](path, async ({ request }) => {
      const written = await request.text();
      const query = Object.fromEntries(new URL(request.url).searchParams);
      sent.push({ body: written === "" ? null : JSON.parse(written), query });
      return body === null ? new HttpResponse(null, { status }) : HttpResponse.json(body, { status });
    }),
  );
  return sent;
}
