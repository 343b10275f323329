import type { TimeOff } from "@/api/shapes";
import { hours as hoursText } from "@/text/hours";
import { useNow } from "@/time/useNow";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";

import { type Owner, useRemoveTimeOff, useSaveTimeOff } from "../hours-queries";
import { shownLength, shownRange } from "../timeOff";
import { useCanManage } from "../useCanManage";
import { RowActs } from "./RowActs";
import classes from "./Rows.module.css";

const CLOCK_RENEWED_MS = 60_000;

interface TimeOffListProps {
  rows: readonly TimeOff[];
  owner: Owner;
  /** What is said where there are none. */
  none: string;
  isPast?: boolean;
  onEdit?: (timeOff: TimeOff) => void;
}

/** Time off with its reason. What comes from a connected calendar is changed there. */
export function TimeOffList({ rows, owner, none, isPast = false, onEdit }: TimeOffListProps) {
  const canManage = useCanManage();
  const now = useNow(CLOCK_RENEWED_MS);
  const remove = useRemoveWithUndo(owner);
  if (rows.length === 0) return <p className={classes.none}>{none}</p>;
  return (
    <ul className={classes.rows}>
      {rows.map((row) => (
        <li key={row.id} className={classes.row} data-past={isPast || undefined}>
          <div className={classes.about}>
            <span className={classes.main}>
              {shownRange(row)}
              {!isPast && new Date(row.start_at) <= now && (
                <span className={classes.tag} data-now>
                  {hoursText.timeOff.running}
                </span>
              )}
              {owner !== null && row.resource === null && (
                <span className={classes.tag}>{hoursText.timeOff.wholeBusiness}</span>
              )}
              {row.source === "calendar" && <span className={classes.tag}>{hoursText.timeOff.fromCalendar}</span>}
            </span>
            <span className={classes.sub}>{[shownLength(row), row.reason].filter(Boolean).join(" · ")}</span>
          </div>
          {onEdit && canManage && row.source === "manual" && row.resource === owner && (
            <RowActs
              editLabel={hoursText.timeOff.edit(shownRange(row))}
              removeLabel={hoursText.timeOff.remove(shownRange(row))}
              onEdit={() => {
                onEdit(row);
              }}
              onRemove={() => {
                remove(row);
              }}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

/** Removes time off at once; whoever did not mean it puts it back. */
function useRemoveWithUndo(owner: Owner) {
  const remove = useRemoveTimeOff();
  const save = useSaveTimeOff(owner);
  const onError = (error: Error) => {
    notifyFailure(hoursText.timeOff.removeFailed, error.message);
  };
  return ({ id, start_at, end_at, reason }: TimeOff) => {
    const putBack = () => {
      save.mutate({ start_at, end_at, ...(reason && { reason }) }, { onError });
    };
    const onSuccess = () => {
      notifyDone(hoursText.timeOff.removed(shownRange({ start_at, end_at })), putBack);
    };
    remove.mutate(id, { onError, onSuccess });
  };
}
