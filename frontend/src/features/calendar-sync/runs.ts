import type { SyncRun } from "@/api/calendarSync";
import { calendarSync as syncText } from "@/text/calendarSync";

const words = syncText.runs;

/** Returns what a visit came to, in words. */
export function doneIn({ outcome, detail = "", figures, warnings }: SyncRun): string {
  if (outcome === "failed") return words.failed(detail);
  if (outcome === "running") return words.running;
  if (outcome === "interrupted") return words.interrupted;
  const counts = Object.entries(isRecord(figures) ? figures : {});
  const done = counts.flatMap(([name, count]) => {
    const say = words.figures[name];
    return say && typeof count === "number" && count > 0 ? [say(count)] : [];
  });
  const skipped = Array.isArray(warnings) && warnings.length > 0 ? [words.warnings(warnings.length)] : [];
  return [...done, ...skipped].join(", ") || words.nothing;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
