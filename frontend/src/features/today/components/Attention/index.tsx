import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import CircleCheckIcon from "lucide-react/icons/circle-check";
import { useState } from "react";

import type { Appointment } from "@/api/shapes";
import { appointmentsPage } from "@/booking/queries";
import { paths } from "@/paths";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { text } from "@/text";
import type { Day } from "@/time/zone";
import { Panel } from "@/ui/Panel";

import { isTight, toConfirmOf, unsettledOf } from "../../attention";
import { CalendarNotice } from "./CalendarNotice";
import { QuotaNotice } from "./QuotaNotice";
import classes from "./styles.module.css";
import { WaitingNotice } from "./WaitingNotice";

interface AttentionProps {
  day: Day;
  /** Today's; undefined until they are known. */
  appointments: readonly Appointment[] | undefined;
  now: Date;
}

const RENEWED_MS = 60_000;
const LOOKED_AT = 20;
const ALL_EARLIER = `${paths.appointments}?period=past&status=pending&status=confirmed`;
const ALL_TO_CONFIRM = `${paths.appointments}?status=pending`;

/** What waits for somebody: appointments left open or to confirm, calendars that want something, quotas that run out. */
export function Attention({ day, appointments, now }: AttentionProps) {
  const { quotas, canUse } = usePlanFeatures();
  const { earlier, pending, isUnknown } = useOpenEnds(day);
  const [isCalendarWaiting, setCalendarWaiting] = useState(false);
  const tight = quotas.map(([, quota]) => quota).filter(isTight);
  const isKnown = appointments !== undefined && earlier !== undefined && pending !== undefined;
  const unsettled = isKnown ? unsettledOf(appointments, earlier, now) : undefined;
  const toConfirm = isKnown ? toConfirmOf(appointments, pending, now) : undefined;
  const isCalm = tight.length === 0 && !isCalendarWaiting && unsettled?.count === 0 && toConfirm?.count === 0;
  return (
    <Panel heading={text.attention.heading}>
      <div className={classes.card}>
        {isUnknown && <Text size="sm">{text.attention.unknown}</Text>}
        {!isKnown && !isUnknown && <Waiting />}
        {unsettled && unsettled.count > 0 && (
          <WaitingNotice
            heading={text.attention.unsettled(unsettled.count)}
            hint={text.attention.unsettledHint}
            appointments={unsettled.first}
            all={
              earlier && earlier.count > 0
                ? { to: ALL_EARLIER, label: text.attention.allEarlier(earlier.count) }
                : undefined
            }
          />
        )}
        {toConfirm && toConfirm.count > 0 && (
          <WaitingNotice
            heading={text.attention.toConfirm(toConfirm.count)}
            hint={text.attention.toConfirmHint}
            appointments={toConfirm.first}
            all={{ to: ALL_TO_CONFIRM, label: text.attention.allToConfirm }}
          />
        )}
        {canUse("can_use_calendar_sync") && <CalendarNotice onWaiting={setCalendarWaiting} />}
        {tight.length > 0 && <QuotaNotice quotas={tight} />}
        {isCalm && (
          <Text size="sm" c="dimmed" className={classes.calm}>
            <CircleCheckIcon aria-hidden size={18} className={classes.good} />
            {text.attention.calm}
          </Text>
        )}
      </div>
    </Panel>
  );
}

/** The open appointments from before a day, and those to confirm from that day on. */
function useOpenEnds({ startAt }: Day) {
  const start = startAt.toISOString();
  const earlier = useQuery({
    ...appointmentsPage({
      page: 1,
      page_size: LOOKED_AT,
      ordering: "-start_at",
      status: ["pending", "confirmed"],
      start_before: start,
    }),
    refetchInterval: RENEWED_MS,
  });
  const pending = useQuery({
    ...appointmentsPage({
      page: 1,
      page_size: LOOKED_AT,
      ordering: "start_at",
      status: ["pending"],
      start_after: start,
    }),
    refetchInterval: RENEWED_MS,
  });
  const isUnknown = (earlier.isError && !earlier.data) || (pending.isError && !pending.data);
  return { earlier: earlier.data, pending: pending.data, isUnknown };
}

/** The shape of a notice, until it is known whether there is one. */
function Waiting() {
  return (
    <div role="status" aria-label={text.loading}>
      <Skeleton h={14} my={3} w="80%" />
      <Skeleton h={14} my={3} w="60%" />
      {[0, 1, 2].map((row) => (
        <Skeleton key={row} h={34} my={16} />
      ))}
    </div>
  );
}
