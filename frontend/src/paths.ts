/** The addresses of the dashboard's screens. */
export const paths = {
  today: "/",
  calendar: "/calendar",
  daySheet: "/calendar/day-sheet",
  appointments: "/appointments",
  resources: "/resources",
  openingHours: "/resources/hours",
  resource: "/resources/:resourceId",
  services: "/services",
  newService: "/services/new",
  service: "/services/:serviceId",
  analytics: "/analytics",
  customers: "/customers",
  customer: "/customers/:customerId",
  payments: "/payments",
  plan: "/settings/plan",
  team: "/settings/team",
  apiTokens: "/settings/api-tokens",
  profile: "/settings/profile",
  calendarSync: "/settings/calendar-sync",
  dataExport: "/settings/data-export",
  signIn: "/sign-in",
  acceptInvitation: "/accept-invitation",
} as const;

export type Path = (typeof paths)[keyof typeof paths];

/** Returns the address of the sign-in screen that leads back to `wanted`. */
export function signInPath(wanted: string): string {
  return wanted === paths.today ? paths.signIn : `${paths.signIn}?${new URLSearchParams({ next: wanted }).toString()}`;
}

/** Returns where to go after signing in: `next` when it is a path of this site, else the first screen. */
export function pathAfterSignIn(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : paths.today;
}
