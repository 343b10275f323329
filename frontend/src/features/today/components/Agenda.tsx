import { VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Fragment, useState } from "react";

import type { Appointment } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { clockTime } from "@/time/format";
import type { Day } from "@/time/zone";

import { type Act, outcomes, slotsOf } from "../agenda";
import { resourcesQuery, useAct } from "../queries";
import classes from "./Agenda.module.css";
import { AppointmentRow } from "./AppointmentRow";
import { AskFirst, type Question } from "./AskFirst";
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
  const { mutate } = useAct(day.date);
  const [question, setQuestion] = useState<Question | null>(null);
  const [announcement, setAnnouncement] = useState("");
  const slots = slotsOf(appointments);
  const next = slots.findIndex(({ startAt }) => startAt > now);

  const perform = (appointment: Appointment, act: Act) => {
    mutate({ appointment, act });
    setAnnouncement(text.today.changed(appointment.customer_name, text.status[outcomes[act]]));
  };
  const choose = (appointment: Appointment, act: Act) => {
    if (act === "cancel" || act === "no-show") {
      setQuestion({ appointment, act });
    } else {
      perform(appointment, act);
      focusRow(appointment.id);
    }
  };

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
      <AskFirst question={question} onAnswer={setQuestion} onYes={perform} />
      <VisuallyHidden role="status">{announcement}</VisuallyHidden>
    </>
  );
}

function NowLine({ time }: { time: string }) {
  return (
    <li className={classes.now} aria-current="time">
      <span className={classes.nowTime}>{text.today.now(time)}</span>
    </li>
  );
}
