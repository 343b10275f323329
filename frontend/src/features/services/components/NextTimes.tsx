import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { Availability, Service } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { availabilityQuery } from "@/booking/queries";
import { text } from "@/text";
import { addDays } from "@/time/dates";
import { clockTime, dateInFull } from "@/time/format";
import { useNow } from "@/time/useNow";
import { dateIn } from "@/time/zone";
import { ErrorState } from "@/ui/ErrorState";
import { Section } from "@/ui/Section";

import classes from "./Preview.module.css";

/** First a little ahead, which is quick; then as far as the server looks. */
const NEAR_DAYS = 14;
const FAR_DAYS = 62;
const DAYS_SHOWN = 3;
const TIMES_SHOWN = 6;
const RENEWED_MS = 60_000;
const words = text.services.next;

interface NextTimesProps {
  service: Service | null;
  isDirty: boolean;
}

/** When a service is free next, as customers would be offered it. */
export function NextTimes({ service, isDirty }: NextTimesProps) {
  return (
    <Section heading={words.heading} lead={service && isDirty ? words.asSaved : undefined}>
      {service === null ? (
        <p className={classes.note}>{words.whenSaved}</p>
      ) : service.is_active === false ? (
        <p className={classes.note}>{words.notOffered}</p>
      ) : (
        <Times serviceId={service.id} />
      )}
    </Section>
  );
}

function Times({ serviceId }: { serviceId: number }) {
  const today = dateIn(useNow(RENEWED_MS), useViewer().business.timezone);
  const asked = (days: number) => availabilityQuery({ serviceId, from: today, to: addDays(today, days - 1) });
  const near = useQuery({ ...asked(NEAR_DAYS), staleTime: RENEWED_MS });
  const isNoneNear = near.data !== undefined && freeDays(near.data).length === 0;
  const far = useQuery({ ...asked(FAR_DAYS), staleTime: RENEWED_MS, enabled: isNoneNear });
  const { data, error, refetch } = isNoneNear ? far : near;
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={120} />;
  const days = freeDays(data);
  if (days.length > 0) return <Days days={days.slice(0, DAYS_SHOWN)} />;
  return (
    <p className={classes.note}>
      {words.none(FAR_DAYS)} {words.noneHint}
    </p>
  );
}

const freeDays = ({ days }: Availability) => days.filter(({ slots }) => slots.length > 0);

function Days({ days }: { days: Availability["days"] }) {
  const { timezone } = useViewer().business;
  return (
    <dl className={classes.days}>
      {days.map(({ date, slots }) => (
        <div key={date}>
          <dt>{dateInFull(date)}</dt>
          <dd>
            {slots.slice(0, TIMES_SHOWN).map(({ start }) => (
              <span key={start} className={classes.time}>
                {clockTime(new Date(start), timezone)}
              </span>
            ))}
            {slots.length > TIMES_SHOWN && (
              <span className={classes.more}>{words.more(slots.length - TIMES_SHOWN)}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
