import "@mantine/dates/styles.layer.css";
import "@mantine/schedule/styles.layer.css";

import { DatesProvider } from "@mantine/dates";
import { useDocumentTitle, useMediaQuery } from "@mantine/hooks";

import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { dateRange, firstWeekday, longDate, monthInFull, noonOf, weekdayDate } from "@/time/format";
import { useNow } from "@/time/useNow";
import { dateIn } from "@/time/zone";
import { ErrorState } from "@/ui/ErrorState";

import { type Address, useAddress } from "./address";
import { CalendarSkeleton } from "./components/CalendarSkeleton";
import { Stage } from "./components/Stage";
import { datesOf } from "./span";
import { useCalendar } from "./useCalendar";

const CLOCK_RENEWED_MS = 60_000;
const NARROW = "(max-width: 47.99em)";

/** Days, weeks and months with their appointments, where they can be booked and moved. */
export function Component() {
  const { business } = useViewer();
  const zone = business.timezone;
  const now = useNow(CLOCK_RENEWED_MS);
  const today = dateIn(now, zone);
  const [address, change] = useAddress(today);
  const { calendar, error, isRenewing, retry } = useCalendar(address);
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const heading = headingOf(address, isNarrow);
  useDocumentTitle(text.title(`${text.calendar.title}, ${heading}`, business.name));
  const place = { heading, now, today, address, onChange: change, isNarrow };
  return (
    <DatesProvider settings={{ firstDayOfWeek: ((firstWeekday() + 1) % 7) as 0 }}>
      {calendar ? (
        <Stage {...place} calendar={calendar} isRenewing={isRenewing} />
      ) : error ? (
        <ErrorState error={error} onRetry={retry} />
      ) : (
        <CalendarSkeleton heading={heading} />
      )}
    </DatesProvider>
  );
}

/** Returns what is shown, in words. */
function headingOf({ view, date }: Address, isNarrow: boolean): string {
  if (view === "day") return (isNarrow ? weekdayDate : longDate)(noonOf(date), "UTC");
  if (view === "month") return monthInFull(date);
  const dates = datesOf(view, date, firstWeekday());
  return dateRange(dates[0] ?? date, dates.at(-1) ?? date);
}
