import { ApiError } from "@/api/api-error";

const STALE_VERSION = 412;

/** Returns the next free starts if a time was refused because it is taken, else null. */
export function freeInstead(error: Error | null): Date[] | null {
  if (!(error instanceof ApiError) || error.code !== "slot_taken") return null;
  const { alternatives } = error.body;
  if (!Array.isArray(alternatives)) return [];
  return alternatives.filter((start) => typeof start === "string").map((start) => new Date(start));
}

/** Whether somebody else changed the appointment meanwhile. */
export function isStale(error: Error): boolean {
  return error instanceof ApiError && error.status === STALE_VERSION;
}

/** The rules that staff may set aside. */
const HOURS_RULES: ReadonlySet<string> = new Set(["closed", "time_off", "notice", "horizon"]);

/** Whether a time was refused by a rule that staff may set aside. */
export function isAboutHours(error: Error | null): boolean {
  return error instanceof ApiError && HOURS_RULES.has(error.code);
}
