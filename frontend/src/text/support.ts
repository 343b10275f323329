import { counted } from "./numbers";

/** Support arriving in a member's place, and what owners see and decide of it. */
export const support = {
  expired: "The way into this dashboard works once, within a minute. That is over. Begin again in the back office.",
  expiredHeading: "This link cannot be used",
  busyHeading: "You already act as somebody here",
  busy: "End that first, then begin again in the back office.",

  heading: "Support access",
  lead: "When you ask SmoothSchedule for help, somebody of its support may use the dashboard as one of your members for half an hour. They cannot change passwords, tokens, calendar accounts, the team or the plan, and cannot export anything.",
  allow: "Support may act as members of this business",
  allowed: "Support may act as your members",
  refused: "Support can no longer act as your members",
  notChanged: "Support access is not changed",
  visits: "Visits of support",
  none: "Nobody of support has been here.",
  columns: { when: "When", by: "Who", as: "As", reason: "Why", length: "How long" },
  now: "Now",
  minutes: (minutes: number) => counted(Math.max(minutes, 1), "minute", "minutes"),
};
