import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import type { Week } from "@/api/shapes";
import { hours as hoursText } from "@/text/hours";
import { ErrorState } from "@/ui/ErrorState";
import { FormProblem } from "@/ui/FormProblem";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { notifyDone } from "@/ui/notifyDone";
import { Section } from "@/ui/Section";

import { useSaveWeek, weekQuery } from "../hours-queries";
import { useCanManage } from "../useCanManage";
import { daysOf, draftOf, type DraftWeek, isFaultless, isSame, minutesIn } from "../week";
import { SaveBar } from "./SaveBar";
import classes from "./Week.module.css";
import { WeekGrid } from "./WeekGrid";
import { WeekText } from "./WeekText";

/** When the business is open in a usual week. */
export function BusinessWeek() {
  const canManage = useCanManage();
  const { data: week, error, refetch } = useQuery(weekQuery(null));
  const minutes = week && minutesIn(draftOf(week));
  return (
    <Section
      heading={hoursText.week.heading}
      lead={minutes === 0 ? hoursText.week.noHours : canManage ? undefined : hoursText.week.readOnly}
      action={minutes !== undefined && <span className={classes.total}>{hoursText.week.inWeek(minutes)}</span>}
    >
      {week ? (
        canManage ? (
          <BusinessWeekForm week={week} />
        ) : (
          <WeekText week={draftOf(week)} />
        )
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton h={360} />
      )}
    </Section>
  );
}

function BusinessWeekForm({ week }: { week: Week }) {
  const saved = useMemo(() => draftOf(week), [week]);
  const [edited, setEdited] = useState<DraftWeek | null>(null);
  const save = useSaveWeek(null);
  const draft = edited ?? saved;
  const isDirty = !isSame(draft, saved);
  const discard = () => {
    setEdited(null);
    save.reset();
  };
  const send = () => {
    save.mutate(daysOf(draft), {
      onSuccess: () => {
        setEdited(null);
        notifyDone(hoursText.week.saved);
      },
    });
  };
  return (
    <>
      {save.error && <FormProblem heading={hoursText.week.failed} error={save.error} waitSeconds={0} />}
      <WeekGrid week={draft} onChange={setEdited} />
      {isDirty && (
        <SaveBar
          problem={isFaultless(draft) ? null : hoursText.week.fix}
          isSaving={save.isPending}
          onDiscard={discard}
          onSave={send}
        />
      )}
      <LeaveGuard when={isDirty} />
    </>
  );
}
