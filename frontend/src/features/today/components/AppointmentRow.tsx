import { ActionIcon, Button, Menu, UnstyledButton } from "@mantine/core";
import BanIcon from "lucide-react/icons/ban";
import CheckIcon from "lucide-react/icons/check";
import EllipsisIcon from "lucide-react/icons/ellipsis";
import RotateCcwIcon from "lucide-react/icons/rotate-ccw";
import ThumbsUpIcon from "lucide-react/icons/thumbs-up";
import UserRoundXIcon from "lucide-react/icons/user-round-x";
import type { CSSProperties } from "react";

import type { Appointment, Resource } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { type Act, actsFor, hasStarted, isOpen } from "@/booking/acts";
import { useBookingDesk } from "@/booking/desk";
import { text } from "@/text";
import { clockTime } from "@/time/format";
import { StatusBadge } from "@/ui/StatusBadge";

import classes from "./AppointmentRow.module.css";
import { rowId } from "./focusRow";

const icons = {
  confirm: ThumbsUpIcon,
  complete: CheckIcon,
  "no-show": UserRoundXIcon,
  cancel: BanIcon,
  reopen: RotateCcwIcon,
};

/** Hands a resource's colour to the style sheet. */
const painted = (color = "var(--line-strong)") => ({ "--resource": color }) as CSSProperties;

interface AppointmentRowProps {
  appointment: Appointment;
  resources: readonly Resource[];
  now: Date;
  onChoose: (appointment: Appointment, act: Act) => void;
}

/** One appointment: who, what, with whom, how it stands, and what can be done. */
export function AppointmentRow({ appointment, resources, now, onChoose }: AppointmentRowProps) {
  const { business } = useViewer();
  const { show } = useBookingDesk();
  const taking = appointment.resources.flatMap((id) => resources.find((resource) => resource.id === id) ?? []);
  const start = clockTime(new Date(appointment.start_at), business.timezone);
  const end = clockTime(new Date(appointment.end_at), business.timezone);
  return (
    <li
      id={rowId(appointment.id)}
      tabIndex={-1}
      className={classes.row}
      data-status={appointment.status}
      data-settled={!isOpen(appointment) || undefined}
      data-running={(isOpen(appointment) && hasStarted(appointment, now)) || undefined}
      style={painted(taking[0]?.color)}
    >
      <div className={classes.about}>
        <UnstyledButton
          className={classes.customer}
          aria-haspopup="dialog"
          onClick={() => {
            show(appointment.id);
          }}
        >
          {appointment.customer_name}
        </UnstyledButton>
        <span className={classes.details}>
          <span>
            {appointment.service_name} · <span className={classes.end}>{text.today.until(end)}</span>
          </span>
          {taking.map(({ id, name, color }) => (
            <span key={id} className={classes.resource} style={painted(color)}>
              {name}
            </span>
          ))}
        </span>
      </div>
      <div className={classes.status}>
        <StatusBadge status={appointment.status} />
      </div>
      <Acts appointment={appointment} start={start} now={now} onChoose={onChoose} />
    </li>
  );
}

type ActsProps = Pick<AppointmentRowProps, "appointment" | "now" | "onChoose"> & { start: string };

/** The most likely thing to do as a button, unless it cannot be undone; the others in a menu. */
function Acts({ appointment, start, now, onChoose }: ActsProps) {
  const acts = actsFor(appointment, now);
  const [first] = acts;
  const primary = first === "complete" || first === "confirm" ? first : undefined;
  const others = acts.filter((act) => act !== primary);
  const nameOf = (act: Act) => text.today.actFor(text.booking.acts[act], appointment.customer_name, start);
  if (acts.length === 0) return null;
  return (
    <>
      {primary && (
        <Button
          className={classes.primary}
          variant="default"
          size="sm"
          aria-label={nameOf(primary)}
          onClick={() => {
            onChoose(appointment, primary);
          }}
        >
          {text.booking.acts[primary]}
        </Button>
      )}
      <Menu position="bottom-end" width={208}>
        <Menu.Target>
          <ActionIcon
            className={classes.more}
            variant="subtle"
            color="gray"
            size={36}
            aria-label={text.today.more(appointment.customer_name, start)}
          >
            <EllipsisIcon aria-hidden size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {others.map((act) => {
            const Icon = icons[act];
            return (
              <Menu.Item
                key={act}
                c={act === "cancel" ? "var(--red-ink)" : undefined}
                leftSection={<Icon aria-hidden size={16} />}
                onClick={() => {
                  onChoose(appointment, act);
                }}
              >
                {text.booking.acts[act]}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
