import { counted } from "./numbers";

/** What the first screen says about connected calendars that want something. */
export const calendarAttention = {
  broken: (value: number) => `${counted(value, "connected calendar needs", "connected calendars need")} you`,
  brokenHint: (accounts: readonly string[]) => `${accounts.join(", ")}: its busy time may be out of date.`,
  toDecide: (value: number) => `${counted(value, "appointment contradicts", "appointments contradict")} a calendar`,
  toDecideHint: "Keep them, move them, or cancel them.",
  open: "Calendar sync",
};
