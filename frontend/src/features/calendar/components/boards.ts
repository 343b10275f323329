import type { Entry } from "../entries";
import type { Stretch } from "../hours";
import type { Acts } from "../useActs";
import type { Calendar } from "../useCalendar";

/** What every view of the calendar is given. */
export interface BoardProps {
  calendar: Calendar;
  /** The date that the view is around. */
  date: string;
  entries: Entry[];
  hours: Stretch;
  acts: Acts;
  /** Shows one resource alone. */
  onOnly: (resourceId: number) => void;
  /** Shows a day. */
  onDay: (date: string) => void;
}
