import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import CheckIcon from "lucide-react/icons/check";
import type { ComponentPropsWithoutRef, CSSProperties } from "react";

import type { Appointment } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { clockTime } from "@/time/format";

import { offLabel } from "../busy";
import { type RenderEntry, type RenderEntryBody, type Shown, shownBy } from "../entries";
import classes from "./Entry.module.css";
import { More } from "./More";

/** Draws what stands in the calendar, around what the library needs of it. */
export const renderEntry: RenderEntry = (entry, { className = "", style, ...props }) => {
  const shown = shownBy(entry);
  switch (shown?.kind) {
    case "appointment":
      return (
        <UnstyledButton
          {...props}
          className={`${className} ${classes.appointment}`}
          style={toned(style, shown.tone)}
          data-status={shown.appointment.status}
          data-carried={shown.isCarried || undefined}
        />
      );
    case "more":
      return <More shown={shown} className={`${className} ${classes.more}`} style={style} />;
    case "off":
      return (
        <Off
          {...props}
          shown={shown}
          className={`${className} ${classes.ground}`}
          style={style}
          title={entry.title}
        />
      );
    default:
      return <div className={`${className} ${classes.ground}`} style={style} data-kind={shown?.kind} />;
  }
};

function toned(style: CSSProperties | undefined, tone: string): CSSProperties & Record<"--tone", string> {
  return { ...style, "--tone": tone };
}

type OffProps = ComponentPropsWithoutRef<"button"> & { shown: Shown & { kind: "off" } };

/** Time off can be changed where it was made: what comes from somebody's own calendar only there. */
function Off({ shown: { timeOff }, className, style, ...props }: OffProps) {
  const isOurs = timeOff.source === "manual";
  const mayChange = useViewer().user.role !== "staff";
  if (isOurs && mayChange) return <UnstyledButton {...props} className={className} style={style} data-kind="off" />;
  return (
    <div className={className} style={style} data-kind={isOurs ? "off" : "busy"}>
      {props.children}
    </div>
  );
}

export const renderEntryBody: RenderEntryBody = (entry) => {
  const shown = shownBy(entry);
  if (shown?.kind === "appointment") return <AppointmentBody appointment={shown.appointment} />;
  if (shown?.kind === "off") return <span className={classes.groundLabel}>{offLabel(shown.timeOff, shown.origin)}</span>;
  return null;
};

/** Who comes when for what; as much of it as there is room for. */
function AppointmentBody({ appointment }: { appointment: Appointment }) {
  const { timezone } = useViewer().business;
  const { start_at, customer_name, service_name, status } = appointment;
  const [digits, half] = clockTime(new Date(start_at), timezone).split(/\s/);
  return (
    <span className={classes.body}>
      <span className={classes.first}>
        <span className={classes.time}>
          {digits}
          {half && <span className={classes.half}> {half}</span>}
        </span>
        {status === "completed" && <CheckIcon aria-hidden size={12} strokeWidth={2.5} />}
        <VisuallyHidden>{text.status[status]}</VisuallyHidden>
      </span>
      <span className={classes.customer}>{customer_name}</span>
      <span className={classes.service}>{service_name}</span>
    </span>
  );
}
