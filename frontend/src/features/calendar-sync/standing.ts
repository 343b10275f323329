import type { CalendarConnection } from "@/api/calendarSync";
import { calendarSync as syncText } from "@/text/calendarSync";
import { clockTime } from "@/time/format";

/** How a connection is, for people: `good`, on its way by itself (`busy`), in trouble that passes (`uneasy`), at rest. */
export type Mood = "good" | "busy" | "uneasy" | "needy" | "resting";

export interface Standing {
  mood: Mood;
  /** A word or two. */
  label: string;
  /** What it means and what to do, empty where the label says it all. */
  detail: string;
  /** Whether connecting anew would mend it. */
  isReconnectable: boolean;
}

type Known = Pick<
  CalendarConnection,
  "state" | "state_code" | "state_detail" | "paused_by" | "next_attempt_at" | "last_success_at" | "stale_since" | "counts"
>;

const { states, details, fixes } = syncText;

/** Returns how a connection is. */
export function standingOf(connection: Known, now: Date, zone: string): Standing {
  const at = connection.next_attempt_at ? new Date(connection.next_attempt_at) : null;
  const next = at !== null && at > now ? clockTime(at, zone) : null;
  switch (connection.state) {
    case "degraded":
      return degraded(connection, next);
    case "rate_limited":
      return standing("uneasy", states.waiting, sentences(next ? details.waiting(next) : details.waitingSoon, details.kept));
    case "needs_reauth":
      return { ...standing("needy", states.reconnect, needOf(connection)), isReconnectable: true };
    case "error":
      return { ...standing("needy", states.error, needOf(connection)), isReconnectable: isMendable(connection) };
    case "pending_auth":
      return { ...standing("needy", states.unfinished, details.unfinished), isReconnectable: true };
    case "paused":
      return connection.paused_by === "plan"
        ? standing("resting", states.pausedByPlan, details.pausedByPlan)
        : standing("resting", states.paused, details.paused);
    case "disconnecting":
      return standing("busy", states.disconnecting, details.disconnecting);
    default:
      return active(connection);
  }
}

function active({ last_success_at: succeededAt, counts }: Known): Standing {
  if (!succeededAt) return standing("busy", states.starting, "");
  return (counts.pending ?? 0) > 0 ? standing("busy", states.writing, "") : standing("good", states.active, "");
}

function degraded({ state_code: code, state_detail: detail = "" }: Known, next: string | null): Standing {
  if (code === "mass_delete") return standing("uneasy", states.checking, sentences(details.massDelete, details.kept));
  if (code === "not_found") return standing("uneasy", states.checking, sentences(details.calendarGone, details.kept));
  const nextTry = next === null ? "" : details.nextTry(next);
  return standing("uneasy", states.retrying, sentences(detail === "" ? details.retrying : detail, nextTry, details.kept));
}

/** What a person has to do, by the reason; where there is no rule for that, what the server said. */
function needOf({ state, state_code: code, state_detail: detail = "" }: Known): string {
  if (state === "needs_reauth") return details.reconnect;
  return sentences(detail, fixes[code ?? ""] ?? "");
}

const MENDED_BY_RECONNECTING = new Set(["missing_scope", "auth_failed", "needs_reauth", "unreadable_secret"]);

const isMendable = ({ state_code: code }: Known) => MENDED_BY_RECONNECTING.has(code ?? "");

function standing(mood: Mood, label: string, detail: string): Standing {
  return { mood, label, detail, isReconnectable: false };
}

const sentences = (...parts: readonly string[]) => [...new Set(parts)].filter(Boolean).join(" ");

/** Whether something happens by itself at this moment, so that it is worth looking again soon. */
export function isMoving({ state, last_success_at: succeededAt, counts }: Known): boolean {
  if (state === "disconnecting") return true;
  return state === "active" && (!succeededAt || (counts.pending ?? 0) > 0);
}

/** Whether it goes on once somebody says so. */
export function isResumable({ state, paused_by: pausedBy, state_code: code }: Known): boolean {
  if (state === "paused") return pausedBy !== "plan";
  return state === "error" && !MENDED_BY_RECONNECTING.has(code ?? "");
}

/** Whether it does something by itself that somebody may want to end for a while. */
export function isPausable({ state }: Known): boolean {
  return state === "active" || state === "degraded" || state === "rate_limited";
}
