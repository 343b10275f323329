import { Button, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";

import { useViewer } from "@/api/viewer";
import { useBookingDesk } from "@/booking/desk";
import { appointmentQuery } from "@/booking/queries";
import { freeInstead } from "@/booking/refusals";
import { calendarSync as syncText } from "@/text/calendarSync";
import { clockRange, clockTime, weekdayDate } from "@/time/format";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { useLinkAct } from "../deciding";
import { type Changed, hasMoved } from "../inbox";
import { nameOf } from "../names";
import { CancelButton } from "./CancelButton";
import classes from "./Inbox.module.css";

const words = syncText.inbox;

interface ChangedItemProps {
  item: Changed;
  now: Date;
}

/** An entry of ours that somebody changed there: the appointment follows, or the entry is put back. */
export function ChangedItem({ item, now }: ChangedItemProps) {
  const { timezone } = useViewer().business;
  const { link } = item;
  const { customer_name: customer, service_name: service } = link;
  const { accept, putBack, problem, isPending } = useDecision(item);
  const when = rangeIn(item.startAt, item.endAt, timezone);
  const isMoved = hasMoved(item);
  const nameFor = (act: string) => words.actFor(act, customer, when);
  return (
    <li className={classes.item}>
      <div className={classes.what}>
        <h3 className={classes.heading}>{isMoved ? words.moved(customer) : words.changed(customer)}</h3>
        <Text>{service}</Text>
      </div>
      <dl className={classes.times}>
        <dt>{words.here}</dt>
        <dd>{when}</dd>
        {isMoved && (
          <>
            <dt>{words.there(nameOf({ name: link.calendar_name }))}</dt>
            <dd data-there>
              {rangeIn(new Date(link.remote_start_at ?? ""), new Date(link.remote_end_at ?? ""), timezone)}
            </dd>
          </>
        )}
      </dl>
      <Text size="sm" c="dimmed">
        {link.due_at && new Date(link.due_at) > now
          ? words.putBackAt(clockTime(new Date(link.due_at), timezone))
          : words.putBackSoon}
      </Text>
      {problem && (
        <div className={classes.problem} role="alert">
          {problem.message}
        </div>
      )}
      <div className={classes.acts}>
        {isMoved && (
          <Button size="sm" disabled={isPending} aria-label={nameFor(words.accept)} onClick={accept}>
            {words.accept}
          </Button>
        )}
        <Button variant="default" size="sm" disabled={isPending} aria-label={nameFor(words.putBack)} onClick={putBack}>
          {words.putBack}
        </Button>
        <CancelButton appointmentId={item.appointment} label={words.cancel} name={nameFor(words.cancel)} now={now} />
      </div>
    </li>
  );
}

const rangeIn = (from: Date, to: Date, zone: string) => `${weekdayDate(from, zone)}, ${clockRange(from, to, zone)}`;

/** Decides about the entry. Where the appointment cannot move there, it is said why, and other times are offered. */
function useDecision({ link }: Changed) {
  const client = useQueryClient();
  const desk = useBookingDesk();
  const { mutate, error, variables, isPending } = useLinkAct();
  const customer = link.customer_name;
  const offer = async (refusal: Error) => {
    const alternatives = freeInstead(refusal);
    if (!alternatives || !link.remote_start_at) return;
    const appointment = await client.query(appointmentQuery(link.appointment)).catch(() => null);
    if (appointment === null) return;
    desk.offer({ appointment, wanted: { startAt: new Date(link.remote_start_at) }, alternatives });
  };
  const accept = () =>
    mutate(
      { link, act: "accept" },
      { onSuccess: () => notifyDone(words.accepted(customer)), onError: (refusal) => void offer(refusal) },
    );
  const putBack = () =>
    mutate(
      { link, act: "putBack" },
      {
        onSuccess: () => notifyDone(words.putBackDone(customer)),
        onError: (refusal) => notifyFailure(words.failed(customer), refusal.message),
      },
    );
  return { accept, putBack, problem: variables?.act === "accept" ? error : null, isPending };
}
