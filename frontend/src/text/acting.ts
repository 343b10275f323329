import { counted } from "./numbers";

/** What is said on every screen while support acts in a member's place. */
export const acting = {
  banner: "Support access",
  who: (by: string, person: string) => `${by} of SmoothSchedule acts as ${person}`,
  reason: (reason: string) => `Reason: ${reason}`,
  left: (minutes: number) => (minutes < 1 ? "less than a minute left" : `${counted(minutes, "minute", "minutes")} left`),
  end: "End",
  endFailed: "Support access goes on",
};
