import type { HistoryEntry, Resource } from "@/api/shapes";
import { text } from "@/text";
import { clockTime, weekdayDate } from "@/time/format";

interface Context {
  resources: readonly Resource[];
  zone: string;
}

type Change = HistoryEntry["after"];

/** Says what happened to an appointment, and the details worth knowing. */
export function happenedIn(entry: HistoryEntry, context: Context): { what: string; detail: string | null } {
  const { kind, before, after } = entry;
  const words = text.booking.history;
  if (kind === "created") return { what: words.created(whenIn(after, context.zone)), detail: namesIn(after, context) };
  if (kind === "rescheduled") return rescheduled(before, after, context);
  if (kind === "edited") return { what: "notes" in after ? words.notesEdited : words.customerEdited, detail: null };
  const reason = typeof after.reason === "string" && after.reason !== "" ? words.reason(after.reason) : null;
  return { what: words[kind], detail: reason };
}

function rescheduled(before: Change, after: Change, context: Context) {
  const words = text.booking.history;
  const names = namesIn(after, context);
  const isOtherTime = before.start_at !== after.start_at;
  const isOtherParty = String(before.resource_ids) !== String(after.resource_ids);
  if (!isOtherTime && names !== null) return { what: words.reassigned(names), detail: null };
  const from = whenIn(before, context.zone);
  return {
    what: words.rescheduled(whenIn(after, context.zone)),
    detail: isOtherParty && names !== null ? words.fromNow(from, names) : words.from(from),
  };
}

function whenIn({ start_at }: Change, zone: string): string {
  if (typeof start_at !== "string") return "";
  const at = new Date(start_at);
  return `${weekdayDate(at, zone)}, ${clockTime(at, zone)}`;
}

/** The names of the resources a change tells of, null where it tells of none that is known. */
function namesIn({ resource_ids }: Change, { resources }: Context): string | null {
  if (!Array.isArray(resource_ids)) return null;
  const names = resources.filter(({ id }) => resource_ids.includes(id)).map(({ name }) => name);
  return names.length > 0 ? text.booking.form.withName(names.join(", ")) : null;
}
