import { counted, number } from "./numbers";

/** What the panel of open ends on the first screen says. */
export const attention = {
  heading: "Needs attention",
  unsettled: (value: number) => `${counted(value, "appointment is", "appointments are")} over and not settled`,
  unsettledHint: "Say how they went: completed, no-show or cancelled.",
  allEarlier: (value: number) => `All ${number(value)} from before today`,
  toConfirm: (value: number) => `${counted(value, "appointment waits", "appointments wait")} to be confirmed`,
  toConfirmHint: "Their time is kept until you confirm or cancel.",
  allToConfirm: "All to confirm",
  appointment: (customer: string, service: string) => `${customer} · ${service}`,
  quotas: { near: "Your plan will soon be used up", full: "Your plan is used up in part" },
  quotasHint: { near: "These are close to what it includes.", full: "Where it is, nothing can be added until there is room." },
  toPlan: "Plan & usage",
  calm: "Nothing is waiting for you. Past appointments are settled, and none has to be confirmed.",
  unknown: "Earlier appointments could not be checked.",
};
