import { http, HttpResponse } from "msw";

import type { Availability, Customer, HistoryEntry, Resource, Service } from "@/api/shapes";

import { appointmentWith, resource } from "./fixtures";

/** Somebody else who can do the same. */
export const otherResource: Resource = { ...resource, id: 8, name: "Sofia Ramirez", color: "#5b8fb9" };

export const service: Service = {
  id: 1,
  name: "Cut & Style",
  description: "",
  duration_minutes: 45,
  buffer_before_minutes: 0,
  buffer_after_minutes: 0,
  price_cents: 7800,
  currency: "USD",
  min_notice_minutes: 0,
  max_advance_days: 90,
  slot_step_minutes: 15,
  is_active: true,
  resources: [resource.id, otherResource.id],
  resource_groups: [[resource.id, otherResource.id]],
  created_at: "2026-01-05T09:00:00-05:00",
  updated_at: "2026-01-05T09:00:00-05:00",
};

export const customer: Customer = {
  id: "0195f3a2-6c1e-7d3b-9a51-2f0c6f6f2c11",
  name: "Ada Lovelace",
  email: "ada@example.com",
  phone: "+1 212-555-0100",
  notes: "",
  tags: [],
  is_active: true,
  created_at: "2026-01-05T09:00:00-05:00",
  updated_at: "2026-01-05T09:00:00-05:00",
};

/** The free times of 2 and 3 March 2026: at ten and at eleven both are free, at noon only the other one. */
export const availability: Availability = {
  service_id: service.id,
  timezone: "America/New_York",
  days: [
    { date: "2026-03-02", slots: [] },
    {
      date: "2026-03-03",
      slots: (
        [
          ["10:00", "10:45", [resource.id, otherResource.id]],
          ["11:00", "11:45", [resource.id, otherResource.id]],
          ["12:00", "12:45", [otherResource.id]],
        ] as const
      ).map(([start, end, ids]) => ({
        start: `2026-03-03T${start}:00-05:00`,
        end: `2026-03-03T${end}:00-05:00`,
        resource_ids: [...ids],
      })),
    },
  ],
};

export const figuresOfCustomer = {
  appointments: 4,
  upcoming: 1,
  completed: 2,
  cancelled: 0,
  no_shows: 1,
  first_at: "2026-01-12T10:00:00-05:00",
  last_at: "2026-02-12T10:00:00-05:00",
  next_at: "2026-03-02T10:00:00-05:00",
};

export const history: HistoryEntry[] = [
  {
    kind: "created",
    at: "2026-02-20T10:00:00-05:00",
    by: 1,
    by_name: "Olga Owner",
    support_name: null,
    before: {},
    after: { start_at: "2026-03-02T15:00:00+00:00", status: "confirmed", resource_ids: [resource.id] },
  },
];

const page = <Row>(results: Row[]) => ({ count: results.length, next: null, previous: null, results });

/** What the API answers about services, customers, free times and single appointments. */
export const schedulingHandlers = [
  http.get("*/api/services/", () => HttpResponse.json(page([service]))),
  http.get("*/api/customers/", () => HttpResponse.json(page([customer]))),
  http.get("*/api/customers/:id/", () => HttpResponse.json(customer)),
  http.get("*/api/customers/:id/figures/", () => HttpResponse.json(figuresOfCustomer)),
  http.get("*/api/schedule/availability/", () => HttpResponse.json(availability)),
  http.get("*/api/appointments/:id/", () => HttpResponse.json(appointmentWith())),
  http.get("*/api/appointments/:id/history/", () => HttpResponse.json(page(history))),
];
