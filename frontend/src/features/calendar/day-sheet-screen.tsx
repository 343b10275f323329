import { ActionIcon, Anchor, Button, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import ArrowLeftIcon from "lucide-react/icons/arrow-left";
import ChevronLeftIcon from "lucide-react/icons/chevron-left";
import ChevronRightIcon from "lucide-react/icons/chevron-right";
import PrinterIcon from "lucide-react/icons/printer";
import { Link } from "react-router";

import { useViewer } from "@/api/viewer";
import { paths } from "@/paths";
import { text } from "@/text";
import { addDays } from "@/time/dates";
import { longDate, noonOf } from "@/time/format";
import { useNow } from "@/time/useNow";
import { dateIn } from "@/time/zone";
import { ErrorState } from "@/ui/ErrorState";

import { useAddress } from "./address";
import { CalendarSkeleton } from "./components/CalendarSkeleton";
import { DaySheet } from "./components/DaySheet";
import classes from "./components/DaySheet.module.css";
import { useCalendar } from "./useCalendar";

const CLOCK_RENEWED_MS = 60_000;
const words = text.calendar.sheet;

/** The appointments of a day on paper, by who and what they take. */
export function Component() {
  const { business } = useViewer();
  const now = useNow(CLOCK_RENEWED_MS);
  const [address, change] = useAddress(dateIn(now, business.timezone));
  const { calendar, error, retry } = useCalendar(address);
  const heading = longDate(noonOf(address.date), "UTC");
  useDocumentTitle(text.title(`${words.title}, ${heading}`, business.name));
  const turn = (by: 1 | -1) => change({ date: addDays(address.date, by) });
  if (!calendar) return error ? <ErrorState error={error} onRetry={retry} /> : <CalendarSkeleton heading={heading} />;
  return (
    <>
      <div className={classes.controls}>
        <Anchor component={Link} to={calendarPath(address.date)} className={classes.back}>
          <ArrowLeftIcon aria-hidden size={16} />
          {words.back}
        </Anchor>
        <ActionIcon variant="default" size={36} aria-label={text.calendar.turn.day.previous} onClick={() => turn(-1)}>
          <ChevronLeftIcon aria-hidden size={18} />
        </ActionIcon>
        <ActionIcon variant="default" size={36} aria-label={text.calendar.turn.day.next} onClick={() => turn(1)}>
          <ChevronRightIcon aria-hidden size={18} />
        </ActionIcon>
        <Button leftSection={<PrinterIcon aria-hidden size={16} />} onClick={() => window.print()}>
          {words.print}
        </Button>
      </div>
      <Title order={1} className={classes.heading}>
        {heading}
      </Title>
      <DaySheet calendar={calendar} date={address.date} business={business.name} now={now} />
    </>
  );
}

function calendarPath(date: string): string {
  return `${paths.calendar}?${new URLSearchParams({ date }).toString()}`;
}
