import { Button, Text } from "@mantine/core";

import { useViewer } from "@/api/viewer";
import { useBookingDesk } from "@/booking/desk";
import { calendarSync as syncText } from "@/text/calendarSync";
import { clockRange, weekdayDate } from "@/time/format";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { useKeep } from "../deciding";
import type { Overlap } from "../inbox";
import { nameOf } from "../names";
import { CancelButton } from "./CancelButton";
import classes from "./Inbox.module.css";

const words = syncText.inbox;

interface OverlapItemProps {
  item: Overlap;
  now: Date;
}

/** An appointment in busy time of a calendar: kept, moved, or cancelled. */
export function OverlapItem({ item, now }: OverlapItemProps) {
  const { timezone } = useViewer().business;
  const desk = useBookingDesk();
  const keep = useKeep();
  const [{ customer_name: customer, service_name: service }] = item.conflicts;
  const when = `${weekdayDate(item.startAt, timezone)}, ${clockRange(item.startAt, item.endAt, timezone)}`;
  const nameFor = (act: string) => words.actFor(act, customer, when);
  const names = [...new Set(item.conflicts.map(({ resource_name: name }) => name))];
  return (
    <li className={classes.item}>
      <div className={classes.what}>
        <h3 className={classes.heading}>{words.overlap(customer, names.join(", "))}</h3>
        <Text>{words.what(service, when)}</Text>
        {item.conflicts.map((conflict) => (
          <Text key={`${conflict.calendar} ${conflict.busy_start_at}`} size="sm" c="dimmed">
            {words.busy(
              nameOf({ name: conflict.calendar_name }),
              busyRange(new Date(conflict.busy_start_at), new Date(conflict.busy_end_at), timezone),
            )}
          </Text>
        ))}
      </div>
      <div className={classes.acts}>
        <Button size="sm" aria-label={nameFor(words.move)} onClick={() => desk.show(item.appointment, "move")}>
          {words.move}
        </Button>
        <Button
          variant="default"
          size="sm"
          loading={keep.isPending}
          title={words.keepHint}
          aria-label={nameFor(words.keep)}
          onClick={() =>
            keep.mutate(item.appointment, {
              onSuccess: () => notifyDone(words.kept(customer)),
              onError: (error) => notifyFailure(words.failed(customer), error.message),
            })
          }
        >
          {words.keep}
        </Button>
        <CancelButton appointmentId={item.appointment} label={words.cancel} name={nameFor(words.cancel)} now={now} />
      </div>
    </li>
  );
}

/** Returns when a calendar is busy; what goes on for days has its dates. */
function busyRange(from: Date, to: Date, zone: string): string {
  const days = [weekdayDate(from, zone), weekdayDate(to, zone)];
  return days[0] === days[1] ? clockRange(from, to, zone) : days.join(" – ");
}
