import { Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";

import { useViewer } from "@/api/viewer";
import { NewAppointmentButton } from "@/booking/NewAppointmentButton";
import { appointmentsBetween } from "@/booking/queries";
import { text } from "@/text";
import { differsFromViewers, longDate, zoneName } from "@/time/format";
import { useNow } from "@/time/useNow";
import { dayOf } from "@/time/zone";
import { ErrorState } from "@/ui/ErrorState";
import { PageHeader } from "@/ui/PageHeader";

import { Agenda } from "./components/Agenda";
import { AgendaSkeleton } from "./components/AgendaSkeleton";
import { Attention } from "./components/Attention";
import { Glance } from "./components/Glance";
import { Summary } from "./components/Summary";
import classes from "./today.module.css";

const CLOCK_RENEWED_MS = 15_000;
/** Others work on the same day. */
const AGENDA_RENEWED_MS = 60_000;

/** The day at hand: its appointments, and the business at a glance. */
export function Component() {
  const { business } = useViewer();
  const now = useNow(CLOCK_RENEWED_MS);
  const day = dayOf(now, business.timezone);
  const { data: appointments, error, refetch } = useQuery({
    ...appointmentsBetween(day),
    refetchInterval: AGENDA_RENEWED_MS,
  });
  useDocumentTitle(text.title(text.today.title, business.name));
  return (
    <div className={classes.screen}>
      <div>
        <PageHeader
          overline={text.today.title}
          heading={longDate(now, business.timezone)}
          action={<NewAppointmentButton />}
        >
          {appointments && <Summary appointments={appointments} now={now} />}
          {differsFromViewers(now, business.timezone) && (
            <Text size="sm" c="dimmed">
              {text.today.zone(zoneName(now, business.timezone))}
            </Text>
          )}
        </PageHeader>
        {appointments ? (
          <Agenda day={day} appointments={appointments} now={now} />
        ) : error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <AgendaSkeleton />
        )}
      </div>
      <div className={classes.aside}>
        <Attention day={day} appointments={appointments} now={now} />
        <Glance />
      </div>
    </div>
  );
}
