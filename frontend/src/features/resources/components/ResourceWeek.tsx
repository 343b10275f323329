import { Anchor, SegmentedControl, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link } from "react-router";

import type { Week } from "@/api/shapes";
import { paths } from "@/paths";
import { hours as hoursText } from "@/text/hours";
import { ErrorState } from "@/ui/ErrorState";
import { FormProblem } from "@/ui/FormProblem";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { notifyDone } from "@/ui/notifyDone";
import { Section } from "@/ui/Section";

import { useSaveWeek, weekQuery } from "../hours-queries";
import { useCanManage } from "../useCanManage";
import { CLOSED, daysOf, draftOf, type DraftWeek, isFaultless, isSame, minutesIn } from "../week";
import { SaveBar } from "./SaveBar";
import classes from "./Week.module.css";
import { WeekGrid } from "./WeekGrid";
import { WeekText } from "./WeekText";

interface ResourceWeekProps {
  resourceId: number;
  zoneNote: string | null;
}

/** When a resource works in a usual week: whenever the business is open, or in hours of its own. */
export function ResourceWeek({ resourceId, zoneNote }: ResourceWeekProps) {
  const own = useQuery(weekQuery(resourceId));
  const business = useQuery(weekQuery(null));
  const error = own.error ?? business.error;
  const minutes = own.data && business.data && minutesIn(effective(draftOf(own.data), draftOf(business.data)));
  return (
    <Section
      heading={hoursText.week.heading}
      lead={zoneNote}
      action={minutes !== undefined && <span className={classes.total}>{hoursText.week.inWeek(minutes)}</span>}
    >
      {own.data && business.data ? (
        <ResourceWeekForm key={resourceId} resourceId={resourceId} own={own.data} business={business.data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void Promise.all([own.refetch(), business.refetch()])} />
      ) : (
        <Skeleton h={360} />
      )}
    </Section>
  );
}

/** A resource without any hours of its own works in the business's. */
function effective(own: DraftWeek, business: DraftWeek): DraftWeek {
  return minutesIn(own) > 0 ? own : business;
}

interface ResourceWeekFormProps {
  resourceId: number;
  own: Week;
  business: Week;
}

function ResourceWeekForm({ resourceId, own, business }: ResourceWeekFormProps) {
  const canManage = useCanManage();
  const draft = useOwnWeek(own, business);
  const save = useSaveWeek(resourceId);
  const discard = () => {
    draft.discard();
    save.reset();
  };
  const send = () => {
    save.mutate(daysOf(draft.toSave), {
      onSuccess: () => {
        draft.discard();
        notifyDone(hoursText.week.saved);
      },
    });
  };
  return (
    <>
      {save.error && <FormProblem heading={hoursText.week.failed} error={save.error} waitSeconds={0} />}
      {canManage && (
        <SegmentedControl
          aria-label={hoursText.week.whose}
          value={draft.isOwn ? "own" : "business"}
          data={[
            { value: "business", label: hoursText.week.businesss },
            { value: "own", label: hoursText.week.own },
          ]}
          onChange={(value) => {
            draft.setIsOwn(value === "own");
          }}
        />
      )}
      {draft.isOwn && canManage && <WeekGrid week={draft.week} onChange={draft.setWeek} />}
      {draft.isOwn && !canManage && <WeekText week={draft.week} />}
      {!draft.isOwn && <BusinessHours week={draft.business} />}
      {draft.isDirty && (
        <SaveBar problem={draft.problem} isSaving={save.isPending} onDiscard={discard} onSave={send} />
      )}
      <LeaveGuard when={draft.isDirty} />
    </>
  );
}

function BusinessHours({ week }: { week: DraftWeek }) {
  return (
    <>
      <Text size="sm" c="dimmed">
        {minutesIn(week) === 0 ? hoursText.week.noHours : hoursText.week.usesBusiness}{" "}
        <Anchor component={Link} to={paths.openingHours} inherit>
          {hoursText.week.toBusiness}
        </Anchor>
      </Text>
      <WeekText week={week} />
    </>
  );
}

/** Keeps a resource's hours while they are edited; own ones begin as a copy of the business's. */
function useOwnWeek(own: Week, business: Week) {
  const saved = useMemo(() => draftOf(own), [own]);
  const opening = useMemo(() => draftOf(business), [business]);
  const [wantsOwn, setIsOwn] = useState<boolean | null>(null);
  const [edited, setWeek] = useState<DraftWeek | null>(null);
  const hadOwn = minutesIn(saved) > 0;
  const isOwn = wantsOwn ?? hadOwn;
  const week = edited ?? effective(saved, opening);
  const toSave = isOwn ? week : CLOSED;
  const isEmpty = isOwn && week.every((day) => day.length === 0);
  return {
    isOwn,
    week,
    business: opening,
    toSave,
    isDirty: !isSame(toSave, saved),
    problem: isEmpty ? hoursText.week.ownNeedsHours : isFaultless(toSave) ? null : hoursText.week.fix,
    setIsOwn,
    setWeek,
    discard: () => {
      setIsOwn(null);
      setWeek(null);
    },
  };
}
