import { Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";

import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { hours as hoursText } from "@/text/hours";
import { zoneName } from "@/time/format";
import { useNow } from "@/time/useNow";
import { PageHeader } from "@/ui/PageHeader";

import { BusinessWeek } from "./components/BusinessWeek";
import { OtherDates } from "./components/OtherDates";
import { Tabs } from "./components/Tabs";
import { TimeOffSection } from "./components/TimeOffSection";
import classes from "./resources.module.css";

const CLOCK_RENEWED_MS = 60_000;

/** When the business is open: in a usual week, on single dates, and when it is closed for longer. */
export function Component() {
  const { business } = useViewer();
  const now = useNow(CLOCK_RENEWED_MS);
  useDocumentTitle(text.title(hoursText.screen.title, business.name));
  return (
    <>
      <PageHeader heading={hoursText.screen.title}>
        <Text c="dimmed">
          {hoursText.screen.lead} {hoursText.screen.zone(zoneName(now, business.timezone))}.
        </Text>
      </PageHeader>
      <Tabs />
      <div className={classes.halves}>
        <BusinessWeek />
        <div className={classes.column}>
          <OtherDates owner={null} />
          <TimeOffSection owner={null} />
        </div>
      </div>
    </>
  );
}
