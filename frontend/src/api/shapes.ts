import type { components, paths } from "./schema";

type GetPath = { [P in keyof paths]: paths[P] extends { get: object } ? P : never }[keyof paths];
type AnswerOf<P extends GetPath> = paths[P] extends {
  get: { responses: { 200: { content: { "application/json": infer Body } } } };
}
  ? Body
  : never;

export type Session = AnswerOf<"/api/session/">;
export type Impersonation = NonNullable<Session["impersonation"]>;
export type User = NonNullable<Session["user"]>;
export type Role = User["role"];
export type Business = Session["business"];
/** One of the businesses of somebody who came in by the platform's address. */
export type OwnBusiness = components["schemas"]["Business"];

export type Snapshot = AnswerOf<"/api/entitlements/">;
export type FeatureEntry = Snapshot["features"][keyof Snapshot["features"]];
export type QuotaEntry = Snapshot["quotas"][keyof Snapshot["quotas"]];
export type NavEntry = Snapshot["nav"][number];

export type Appointment = AnswerOf<"/api/appointments/">["results"][number];
export type AppointmentStatus = Appointment["status"];
export type Resource = AnswerOf<"/api/resources/">["results"][number];
export type HistoryEntry = AnswerOf<"/api/appointments/{id}/history/">["results"][number];
export type Availability = AnswerOf<"/api/schedule/availability/">;
export type Slot = Availability["days"][number]["slots"][number];
export type Service = AnswerOf<"/api/services/">["results"][number];
export type Week = AnswerOf<"/api/schedule/working-hours/week/">;
export type WorkingHours = AnswerOf<"/api/schedule/working-hours/">["results"][number];
export type DateOverride = AnswerOf<"/api/schedule/date-overrides/">["results"][number];
export type TimeOff = AnswerOf<"/api/schedule/time-off/">["results"][number];
export type Customer = AnswerOf<"/api/customers/">["results"][number];
export type AppointmentStatistics = AnswerOf<"/api/analytics/analytics/appointments/">;
export type RevenueStatistics = AnswerOf<"/api/analytics/analytics/revenue/">;
export type DashboardFigures = AnswerOf<"/api/analytics/analytics/dashboard/">;
export type InvitationPreview = AnswerOf<"/api/invitations/preview/">;
export type Transaction = AnswerOf<"/api/payments/transactions/">["results"][number];
export type PaymentRecord = components["schemas"]["PaymentRequestRequest"];
export type CustomerFields = components["schemas"]["CustomerRequest"];
export type CustomerChange = components["schemas"]["PatchedCustomerRequest"];
export type ExportCatalogue = AnswerOf<"/api/export/">;
export type ExportJob = AnswerOf<"/api/export/jobs/">["results"][number];
export type ExportOrder = components["schemas"]["ExportOrderRequest"];
export type ApiToken = AnswerOf<"/api/tokens/">["results"][number];
export type TokenScope = components["schemas"]["ScopeEnum"];
export type Member = AnswerOf<"/api/team/">["results"][number];
export type Invitation = AnswerOf<"/api/invitations/">["results"][number];
export type Plan = AnswerOf<"/api/plans/">["results"][number];
export type PlanRequest = AnswerOf<"/api/plan-requests/">["results"][number];
export type SupportAccess = AnswerOf<"/api/support-access/">["results"][number];
