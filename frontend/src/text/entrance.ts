/** Coming in by the platform's own address, and being carried on to a business. */
export const entrance = {
  heading: "Sign in to SmoothSchedule",
  lead: "We take you to your business.",
  submit: "Continue",
  choose: "Where to?",
  chooseLead: "You belong to several businesses.",
  businesses: "Your businesses",
  another: "Use another account",
  forwarding: (business: string) => `Taking you to ${business}…`,
  stuck: "Go there now",
  noneHeading: "No business yet",
  none: "This account belongs to no business. Ask an owner to invite you.",
  arriving: "Signing you in…",
  handoffHeading: "Please sign in once more",
  handoffExpired: "The link that brought you here works once, within a minute. That is over.",
};
