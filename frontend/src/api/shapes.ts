import type { paths } from "./schema";

type GetPath = { [P in keyof paths]: paths[P] extends { get: object } ? P : never }[keyof paths];
type AnswerOf<P extends GetPath> = paths[P] extends {
  get: { responses: { 200: { content: { "application/json": infer Body } } } };
}
  ? Body
  : never;

export type Session = AnswerOf<"/api/session/">;
export type User = NonNullable<Session["user"]>;
export type Role = User["role"];
export type Business = Session["business"];

export type Snapshot = AnswerOf<"/api/entitlements/">;
export type FeatureEntry = Snapshot["features"][keyof Snapshot["features"]];
export type QuotaEntry = Snapshot["quotas"][keyof Snapshot["quotas"]];
export type NavEntry = Snapshot["nav"][number];

export type Appointment = AnswerOf<"/api/appointments/">["results"][number];
export type AppointmentStatus = Appointment["status"];
export type Resource = AnswerOf<"/api/resources/">["results"][number];
export type DashboardFigures = AnswerOf<"/api/analytics/analytics/dashboard/">;
export type InvitationPreview = AnswerOf<"/api/invitations/preview/">;
