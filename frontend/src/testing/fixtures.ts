import type { Appointment, FeatureEntry, NavEntry, QuotaEntry, Resource, Session, Snapshot } from "@/api/shapes";
import type { Viewer } from "@/api/viewer";
import { entriesOf } from "@/plan/entriesOf";

import openapi from "../../openapi.json";

export const viewer: Viewer = {
  user: { id: 1, email: "owner@example.com", name: "Olga Owner", role: "owner" },
  business: { name: "Bright Smiles", timezone: "America/New_York", currency: "USD", accent: null },
};

export const session: Session = { ...viewer, impersonation: null };

/** Returns the viewer with another role. */
export function viewerAs(role: Viewer["user"]["role"]): Viewer {
  return { ...viewer, user: { ...viewer.user, role } };
}

export const allowedAnalytics: FeatureEntry = {
  name: "Advanced Analytics",
  summary: "Charts of appointments, revenue and customers.",
  allowed: true,
  source: "plan",
  upgrade: null,
};

export const lockedAnalytics: FeatureEntry = {
  name: "Advanced Analytics",
  summary: "Charts of appointments, revenue and customers.",
  allowed: false,
  source: "plan",
  upgrade: { plan: "professional", name: "Professional", url: "/settings/plan?feature=advanced_analytics" },
};

const analyticsNav: NavEntry = {
  path: "/analytics",
  label: "Analytics",
  section: "main",
  feature: "advanced_analytics",
  locked: false,
};

export const appointmentsQuota: QuotaEntry = {
  name: "Appointments",
  limit: 500,
  used: 137,
  remaining: 363,
  window: "month",
  resets_at: "2026-04-01T00:00:00-04:00",
  state: "ok",
  upgrade: null,
};

const absentFeature = (key: string): FeatureEntry => ({ name: key, summary: "", allowed: false, source: "plan", upgrade: null });

const absentQuota = (key: string): QuotaEntry => ({
  name: key,
  limit: 0,
  used: 0,
  remaining: 0,
  window: "total",
  resets_at: null,
  state: "reached",
  upgrade: null,
});

const { Features, Quotas } = openapi.components.schemas;

/** Returns an object with one entry for every key the server declares. */
function everyOf<Key extends string, Entry>(declared: Record<Key, unknown>, entryOf: (key: string) => Entry) {
  return Object.fromEntries(entriesOf(declared).map(([key]) => [key, entryOf(key)])) as Record<Key, Entry>;
}

type SnapshotParts = Partial<Omit<Snapshot, "features" | "quotas">> & {
  [Part in "features" | "quotas"]?: Partial<Snapshot[Part]>;
};

/**
 * Returns a snapshot of a plan with analytics, with what is given in place of its parts and entries. The plan has no
 * other feature and no quota but appointments.
 */
export function snapshotWith({ features, quotas, ...parts }: SnapshotParts = {}): Snapshot {
  return {
    version: "1",
    plan: { code: "professional", name: "Professional" },
    suspended: false,
    features: {
      ...everyOf(Features.properties, absentFeature),
      advanced_analytics: allowedAnalytics,
      ...features,
    },
    quotas: { ...everyOf(Quotas.properties, absentQuota), max_appointments: appointmentsQuota, ...quotas },
    nav: [
      { path: "/calendar", label: "Calendar", section: "main", feature: null, locked: false },
      analyticsNav,
      { path: "/settings/plan", label: "Plan & usage", section: "settings", feature: null, locked: false },
    ],
    ...parts,
  };
}

export const locked = snapshotWith({
  plan: { code: "free", name: "Free" },
  features: { advanced_analytics: lockedAnalytics },
});

export const resource: Resource = {
  id: 7,
  name: "Maya Thompson",
  type: "staff",
  max_concurrent_events: 1,
  is_active: true,
  timezone: "",
  color: "#7c9a72",
  user: null,
  created_at: "2026-01-05T09:00:00-05:00",
  updated_at: "2026-01-05T09:00:00-05:00",
};

/** Returns an appointment at 10:00 in New York on 2 March 2026, with what is given in place of its parts. */
export function appointmentWith(parts: Partial<Appointment> = {}): Appointment {
  return {
    id: "0195f3a2-6c1e-7d3b-9a51-2f0c6f6f2b11",
    service: 1,
    service_name: "Cut & Style",
    customer: "0195f3a2-6c1e-7d3b-9a51-2f0c6f6f2c11",
    customer_name: "Ada Lovelace",
    resources: [resource.id],
    start_at: "2026-03-02T10:00:00-05:00",
    end_at: "2026-03-02T10:45:00-05:00",
    status: "confirmed",
    price_cents: 7800,
    currency: "USD",
    notes: "",
    source: "staff",
    created_at: "2026-02-20T10:00:00-05:00",
    updated_at: "2026-02-20T10:00:00-05:00",
    cancelled_at: null,
    completed_at: null,
    version: 3,
    ...parts,
  };
}
