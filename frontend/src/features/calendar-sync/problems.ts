import { ApiError } from "@/api/api-error";
import { calendarSync as syncText } from "@/text/calendarSync";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";

export const FIELDS = ["url", "username", "password", "resource"] as const;
export type Field = (typeof FIELDS)[number];

/** The field that a refusal of a server is about, by its code: what is wrong with the address, what with the password. */
const ABOUT: Record<string, Field> = {
  url_not_allowed: "url",
  tls_error: "url",
  not_a_calendar: "url",
  no_calendars: "url",
  too_large: "url",
  timeout: "url",
  unreachable: "url",
  bad_answer: "url",
  not_found: "url",
  auth_failed: "password",
};

/** Returns what was wrong at each field, with what to do about it; empty where it was about none of them. */
export function problemsOf(error: Error | null): Partial<Record<Field, string>> {
  if (!(error instanceof ApiError)) return {};
  const told = fieldErrors(error, FIELDS);
  const field = ABOUT[error.code];
  if (field === undefined) return told;
  const said = told[field] ?? error.message;
  return { ...told, [field]: [said, fixFor(error.code)].filter(Boolean).join(" ") };
}

/** Returns what to do about something that went wrong, empty where there is no rule. */
export const fixFor = (code: string) => syncText.fixes[code] ?? "";

/** Returns the connection that an account has already, null where that was not the problem or it is somebody else's. */
export function existingOf(error: Error | null): string | null {
  if (!(error instanceof ApiError) || error.code !== "already_connected") return null;
  const { connection_id: id } = error.body;
  return typeof id === "string" ? id : null;
}
