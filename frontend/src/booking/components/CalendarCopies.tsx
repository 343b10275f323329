import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { type EventLink, linksQuery } from "@/api/calendarSync";
import type { Appointment } from "@/api/shapes";
import { paths } from "@/paths";
import { usePlanFeatures } from "@/plan/usePlanFeatures";
import { calendarCopies as words } from "@/text/calendarCopies";

import classes from "./AppointmentDetails.module.css";

interface CalendarCopiesProps {
  appointment: Appointment;
  onLeave: () => void;
}

/** The connected calendars in which an appointment stands, and how it stands there; nothing where it stands in none. */
export function CalendarCopies(props: CalendarCopiesProps) {
  return usePlanFeatures().canUse("can_use_calendar_sync") ? <Copies {...props} /> : null;
}

function Copies({ appointment: { id }, onLeave }: CalendarCopiesProps) {
  const { data: links = [] } = useQuery(linksQuery({ appointment: id }));
  const shown = links.filter(({ state }) => state !== "deleted");
  if (shown.length === 0) return null;
  return (
    <>
      <dt>{words.label}</dt>
      <dd>
        {shown.map((link) => (
          <span key={link.id} className={classes.copy} data-state={link.state}>
            {words.entry(link.calendar_name === "" ? words.unnamed : link.calendar_name, words.states[standing(link)])}
            {link.state === "remote_changed" && (
              <Anchor component={Link} to={paths.calendarSync} size="sm" onClick={onLeave}>
                {words.decide}
              </Anchor>
            )}
          </span>
        ))}
      </dd>
    </>
  );
}

/** How an entry stands: written before, it may wait to be written anew. */
function standing({ state = "pending", due_at: dueAt }: EventLink): NonNullable<EventLink["state"]> {
  return state === "synced" && dueAt ? "pending" : state;
}
