import { number } from "./numbers";

/** Choosing among the plans on sale. */
export const plans = {
  heading: "Plans",
  perMonth: "a month",
  current: "Your plan",
  everythingIn: (plan: string) => `Everything in ${plan}, and`,
  nothingMore: "Calendar, appointments and customers",
  unlimited: "Unlimited",
  none: "None",
  monthly: (name: string) => `${name} a month`,
  over: (exceeded: readonly string[]) =>
    `More in use than it includes: ${exceeded.join(", ")}. Nothing is deleted, but nothing can be added there.`,
  excess: (name: string, used: number, limit: number) => `${name.toLowerCase()} ${number(used)} of ${number(limit)}`,
  loses: (features: readonly string[]) => `You would lose ${features.join(", ")}.`,
  askFor: (plan: string) => `Ask for ${plan}`,
  requested: "Requested",
  onlyOwner: (business: string) => `Ask an owner of ${business} if you need another plan.`,

  form: {
    heading: (plan: string) => `Ask for ${plan}?`,
    lead: (price: string) => `${price} a month. SmoothSchedule looks at your request and changes your plan.`,
    gains: "You get",
    note: "Anything we should know?",
    noteHint: "Optional.",
    submit: "Ask for this plan",
    cancel: "Cancel",
    failed: "Your request was not sent",
    sent: (plan: string) => `You asked for ${plan}`,
  },

  request: {
    open: (plan: string, date: string) => `You asked for ${plan} on ${date}`,
    openHint: "SmoothSchedule is looking at it. You keep your present plan until then.",
    declined: (plan: string, date: string) => `Your request for ${plan} was declined on ${date}`,
    declinedHint: "You can ask again, or for another plan.",
    withdraw: "Withdraw",
    withdrawNamed: (plan: string) => `Withdraw the request for ${plan}`,
    withdrawn: (plan: string) => `You no longer ask for ${plan}`,
    notWithdrawn: "Your request still stands",
  },
};
