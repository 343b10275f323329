import type { CalendarConnection, ExternalCalendar } from "@/api/calendarSync";
import { calendarSync as syncText } from "@/text/calendarSync";

/** What an account is called. */
export const labelOf = ({ account_label: label = "", provider }: CalendarConnection) =>
  label === "" ? syncText.marks[provider] : label;

/** What a calendar is called: not every server names them. */
export const nameOf = ({ name }: Pick<ExternalCalendar, "name">) => (name === "" ? syncText.unnamed : name);
