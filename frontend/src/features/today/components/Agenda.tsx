import { VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Fragment, useState } from "react";

import { resourcesQuery } from "@/api/scheduling";
import type { Appointment } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { type Act, canUndo, outcomes } from "@/booking/acts";
import { useAct } from "@/booking/mutations";
import { text } from "@/text";
import { clockTime } from "@/time/format";
import type { Day } from "@/time/zone";
import { AskDialog } from "@/ui/AskDialog";

import { slotsOf } from "../agenda";
import classes from "./Agenda.module.css";
import { AppointmentRow } from "./AppointmentRow";
import { focusRow } from "./focusRow";
import { FreeDay } from "./FreeDay";

interface AgendaProps {
  day: Day;
  appointments: readonly Appointment[];
  now: Date;
}

/** The day's appointments by the time they start, with the present moment between them. */
export function Agenda({ day, appointments, now }: AgendaProps) {
  const { business } = useViewer();
  const { data: resources } = useQuery(resourcesQuery);
  const { choose, asked, answer, announcement } = useChoices(now);
  const slots = slotsOf(appointments);
  const next = slots.findIndex(({ startAt }) => startAt > now);

  if (slots.length === 0) return <FreeDay day={day} />;
  return (
    <>
      <ol className={classes.agenda} aria-label={text.today.agenda}>
        {slots.map(({ startAt, appointments: sameTime }, position) => (
          <Fragment key={startAt.getTime()}>
            {position === next && <NowLine time={clockTime(now, business.timezone)} />}
            <li className={classes.slot}>
              <time className={classes.time} dateTime={startAt.toISOString()}>
                {clockTime(startAt, business.timezone)}
              </time>
              <ul className={classes.rows}>
                {sameTime.map((appointment) => (
                  <AppointmentRow
                    key={appointment.id}
                    appointment={appointment}
                    resources={resources ?? []}
                    now={now}
                    onChoose={choose}
                  />
                ))}
              </ul>
            </li>
          </Fragment>
        ))}
        {next === -1 && <NowLine time={clockTime(now, business.timezone)} />}
      </ol>
      <AskDialog
        question={asked && questionAbout(asked, business.timezone)}
        onNo={() => {
          answer(false);
        }}
        onYes={() => {
          answer(true);
        }}
      />
      <VisuallyHidden role="status">{announcement}</VisuallyHidden>
    </>
  );
}

/** Does what is chosen for an appointment; asks before what cannot be taken back. */
function useChoices(now: Date) {
  const { mutate } = useAct();
  const [asked, setAsked] = useState<Appointment | null>(null);
  const [announcement, setAnnouncement] = useState("");
  const perform = (appointment: Appointment, act: Act) => {
    mutate({ appointment, act });
    setAnnouncement(text.today.changed(appointment.customer_name, text.status[outcomes[act]]));
    focusRow(appointment.id);
  };
  const choose = (appointment: Appointment, act: Act) => {
    if (act === "cancel" && !canUndo(act, appointment, now)) setAsked(appointment);
    else perform(appointment, act);
  };
  const answer = (isYes: boolean) => {
    if (asked && isYes) perform(asked, "cancel");
    else if (asked) focusRow(asked.id);
    setAsked(null);
  };
  return { choose, asked, answer, announcement };
}

/** What is asked before an appointment is cancelled that has started: that cannot be taken back. */
function questionAbout({ customer_name, service_name, start_at }: Appointment, zone: string) {
  const { heading, grave, yes, no } = text.booking.drawer.ask;
  const body = `${clockTime(new Date(start_at), zone)} · ${customer_name} · ${service_name}. ${grave}`;
  return { heading, body, yes, no, isGrave: true };
}

function NowLine({ time }: { time: string }) {
  return (
    <li className={classes.now} aria-current="time">
      <span className={classes.nowTime}>{text.today.now(time)}</span>
    </li>
  );
}
