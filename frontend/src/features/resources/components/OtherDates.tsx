import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import PlusIcon from "lucide-react/icons/plus";
import { lazy, Suspense, useState } from "react";

import { useViewer } from "@/api/viewer";
import { hours as hoursText } from "@/text/hours";
import { dateInFull } from "@/time/format";
import { useNow } from "@/time/useNow";
import { dateIn } from "@/time/zone";
import { ErrorState } from "@/ui/ErrorState";
import { FormDialog } from "@/ui/FormDialog";
import { notifyDone } from "@/ui/notifyDone";
import { notifyFailure } from "@/ui/notifyFailure";
import { Section } from "@/ui/Section";

import { type OtherDate, otherDates } from "../dates";
import { datesQuery, type Owner, useRemoveDate, useSaveDate } from "../hours-queries";
import { useCanManage } from "../useCanManage";
import { MoreButton } from "./MoreButton";
import { RowActs } from "./RowActs";
import classes from "./Rows.module.css";
import { shownSpans } from "./WeekText";

const DateForm = lazy(() => import("./DateForm"));
const DAY_RENEWED_MS = 60_000;
const SHOWN_FIRST = 5;

/** Dates on which other hours hold than in a usual week. */
export function OtherDates({ owner }: { owner: Owner }) {
  const canManage = useCanManage();
  const today = dateIn(useNow(DAY_RENEWED_MS), useViewer().business.timezone);
  const own = useQuery(datesQuery(owner, today));
  const business = useQuery({ ...datesQuery(null, today), enabled: owner !== null });
  const [edited, setEdited] = useState<OtherDate | "new" | null>(null);
  const dates = own.data && otherDates(own.data, owner === null ? [] : business.data);
  return (
    <Section
      heading={hoursText.dates.heading}
      lead={owner === null ? hoursText.dates.leadBusiness : hoursText.dates.lead}
      action={
        canManage && (
          <Button
            variant="default"
            leftSection={<PlusIcon aria-hidden size={16} />}
            onClick={() => {
              setEdited("new");
            }}
          >
            {hoursText.dates.add}
          </Button>
        )
      }
    >
      {dates ? (
        <DateList dates={dates} owner={owner} onEdit={setEdited} />
      ) : own.error ? (
        <ErrorState error={own.error} onRetry={() => void own.refetch()} />
      ) : (
        <Skeleton h={96} />
      )}
      <DateDialog
        owner={owner}
        edited={edited}
        dates={dates ?? []}
        onClose={() => {
          setEdited(null);
        }}
      />
    </Section>
  );
}

interface DateListProps {
  dates: readonly OtherDate[];
  owner: Owner;
  onEdit: (date: OtherDate) => void;
}

function DateList({ dates, owner, onEdit }: DateListProps) {
  const canManage = useCanManage();
  const remove = useRemoveWithUndo(owner);
  const [isWhole, setIsWhole] = useState(false);
  if (dates.length === 0) return <p className={classes.none}>{hoursText.dates.none}</p>;
  return (
    <>
      <ul className={classes.rows}>
        {(isWhole ? dates : dates.slice(0, SHOWN_FIRST)).map((other) => (
          <li key={other.date} className={classes.row}>
            <div className={classes.about}>
              <span className={classes.main}>
                {dateInFull(other.date)}
                {other.isBusinesss && <span className={classes.tag}>{hoursText.dates.wholeBusiness}</span>}
              </span>
              <span className={classes.sub}>{shownSpans(other.spans)}</span>
            </div>
            {canManage && !other.isBusinesss && (
              <RowActs
                editLabel={hoursText.dates.edit(dateInFull(other.date))}
                removeLabel={hoursText.dates.remove(dateInFull(other.date))}
                onEdit={() => {
                  onEdit(other);
                }}
                onRemove={() => {
                  remove(other);
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {dates.length > SHOWN_FIRST && !isWhole && (
        <MoreButton
          onClick={() => {
            setIsWhole(true);
          }}
        >
          {hoursText.dates.showAll(dates.length)}
        </MoreButton>
      )}
    </>
  );
}

/** Removes a date at once; whoever did not mean it puts it back. */
function useRemoveWithUndo(owner: Owner) {
  const remove = useRemoveDate();
  const save = useSaveDate(owner);
  const onError = (error: Error) => {
    notifyFailure(hoursText.dates.removeFailed, error.message);
  };
  return ({ date, rows, spans }: OtherDate) => {
    const putBack = () => {
      save.mutate({ date, spans, replaced: [] }, { onError });
    };
    const onSuccess = () => {
      notifyDone(hoursText.dates.removed(dateInFull(date)), putBack);
    };
    remove.mutate(rows, { onError, onSuccess });
  };
}

interface DateDialogProps {
  owner: Owner;
  edited: OtherDate | "new" | null;
  dates: readonly OtherDate[];
  onClose: () => void;
}

function DateDialog({ owner, edited, dates, onClose }: DateDialogProps) {
  const { add, edit } = hoursText.dates.dialog;
  return (
    <FormDialog opened={edited !== null} onClose={onClose} heading={edited === "new" ? add : edit}>
      <Suspense fallback={<Skeleton h={240} />}>
        <DateForm
          owner={owner}
          edited={edited === "new" || edited === null ? null : edited}
          taken={dates.filter(({ isBusinesss }) => !isBusinesss)}
          onDone={onClose}
        />
      </Suspense>
    </FormDialog>
  );
}
