import { text } from "@/text";

import type { Who } from "./components/CustomerField";
import type { Start } from "./start";

/** An appointment that is being written down. */
export interface Draft {
  serviceId: number | null;
  /** Null for anyone who is able and free. */
  resourceId: number | null;
  start: Start;
  who: Who;
  notes: string;
}

export type DraftField = "service" | "resources" | "start_at" | "customer" | "name" | "email" | "phone" | "notes";
export type DraftErrors = Partial<Record<DraftField, string>>;

/** A draft with all that a booking needs. */
export type CompleteDraft = Draft & { serviceId: number; start: Start & { at: Date }; who: NonNullable<Who> };

/** Returns what a draft lacks, by field. */
export function missingIn({ serviceId, start, who }: Draft): DraftErrors {
  const { required } = text.booking.form;
  return {
    ...(serviceId === null ? { service: required.service } : {}),
    ...(start.at === null ? { start_at: required.startAt } : {}),
    ...(who === null ? { customer: required.customer } : {}),
    ...(who && "fresh" in who && who.fresh.name.trim() === "" ? { name: required.name } : {}),
  };
}

/** Whether nothing is missing. */
export function isComplete(draft: Draft): draft is CompleteDraft {
  return Object.keys(missingIn(draft)).length === 0;
}
