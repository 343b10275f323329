import type { TimeOff } from "@/api/shapes";
import { hours as hoursText } from "@/text/hours";
import { MINUTES_PER_DAY, type Minute } from "@/time/wallClock";

import { localOf, wholeDaysOf, written } from "./timeOff";

/** What the form of time off holds. */
export interface Values {
  isWholeDays: boolean;
  first: string | null;
  last: string | null;
  opens: Minute | null;
  closes: Minute | null;
  reason: string;
}

/** Returns what the form begins with: time off there is, or whole days not chosen yet. */
export function valuesOf(edited: TimeOff | null): Values {
  const nine = 9 * 60;
  if (edited === null) {
    return { isWholeDays: true, first: null, last: null, opens: nine, closes: nine + 4 * 60, reason: "" };
  }
  const days = wholeDaysOf(edited);
  const start = localOf(edited.start_at);
  const end = localOf(edited.end_at);
  return {
    isWholeDays: days !== null,
    first: start.date,
    last: days?.last ?? end.date,
    opens: days ? nine : start.minute,
    closes: days ? nine + 4 * 60 : end.minute,
    reason: edited.reason ?? "",
  };
}

/** Returns the range as the server takes it, null while something is missing or it ends before it begins. */
export function rangeOf({ isWholeDays, first, last, opens, closes }: Values) {
  const from = isWholeDays ? 0 : opens;
  const to = isWholeDays ? MINUTES_PER_DAY : closes;
  if (first === null || last === null || from === null || to === null) return null;
  const start_at = written({ date: first, minute: from });
  const end_at = written({ date: last, minute: to });
  return start_at < end_at ? { start_at, end_at } : null;
}

/** Returns what is wrong with the values, by field. */
export function problemsWith(values: Values): Partial<Record<keyof Values, string>> {
  const { required, requiredTime, order } = hoursText.timeOff;
  const problems = {
    ...(values.first === null && { first: required }),
    ...(values.last === null && { last: required }),
    ...(!values.isWholeDays && values.opens === null && { opens: requiredTime }),
    ...(!values.isWholeDays && values.closes === null && { closes: requiredTime }),
  };
  return Object.keys(problems).length === 0 && rangeOf(values) === null ? { last: order } : problems;
}
