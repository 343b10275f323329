import { ApiError } from "@/api/api-error";

/** Returns what the server says about single fields of a form, as the form shows it; empty where it says nothing. */
export function fieldErrors<Field extends string>(
  error: Error | null,
  fields: readonly Field[],
): Partial<Record<Field, string>> {
  if (!(error instanceof ApiError)) return {};
  const told = fields.map((field) => [field, error.errors[field]?.join(" ")] as const);
  return Object.fromEntries(told.filter(([, texts]) => texts)) as Partial<Record<Field, string>>;
}
