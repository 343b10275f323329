import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";

import { ApiError } from "@/api/api-error";
import { useQuotaOffer } from "@/plan/useQuotaOffer";
import { text } from "@/text";
import { FormProblem } from "@/ui/FormProblem";
import { useWait } from "@/ui/FormProblem/useWait";

import { type CompleteDraft, type Draft, isComplete } from "../draft";
import { freeInstead, isAboutHours } from "../refusals";
import { useAlternatives } from "../useAlternatives";
import { Alternatives } from "./Alternatives";
import classes from "./Alternatives.module.css";

interface BookingProblemProps {
  draft: Draft;
  error: Error | null;
  isBusy: boolean;
  onBook: (changes: Partial<Draft>) => void;
}

/** Says why booking did not work, with the way on where there is one. What concerns a field is said there. */
export function BookingProblem({ draft, error, isBusy, onBook }: BookingProblemProps) {
  const waitSeconds = useWait(error);
  const starts = freeInstead(error);
  // A plan without room is told by the note about it, with what would give more.
  const isFull = useQuotaOffer("max_appointments") !== null;
  if (error === null || !isComplete(draft)) return null;
  if (starts) return <Taken draft={draft} starts={starts} isBusy={isBusy} onBook={onBook} />;
  if (isAboutHours(error)) {
    return (
      <Button
        variant="default"
        loading={isBusy}
        onClick={() => onBook({ start: { ...draft.start, isOutsideAllowed: true } })}
      >
        {text.booking.times.bookOutside}
      </Button>
    );
  }
  const isAtField = error instanceof ApiError && Object.keys(error.errors).length > 0;
  if (isAtField || isFull) return null;
  return <FormProblem heading={text.booking.form.failed} error={error} waitSeconds={waitSeconds} />;
}

interface TakenProps {
  draft: CompleteDraft;
  starts: readonly Date[];
  isBusy: boolean;
  onBook: (changes: Partial<Draft>) => void;
}

function Taken({ draft, starts, isBusy, onBook }: TakenProps) {
  const { serviceId, resourceId, start } = draft;
  const resourceIds = resourceId === null ? [] : [resourceId];
  const alternatives = useAlternatives({ serviceId, wanted: start.at, resourceIds, starts });
  const block = useRef<HTMLDivElement>(null);
  useEffect(() => {
    block.current?.scrollIntoView({ block: "center" });
  }, [starts.length, alternatives?.length]);
  return (
    <div ref={block} role="alert" className={classes.taken}>
      <strong>{text.booking.conflict.heading}</strong>
      <Alternatives
        wanted={start.at}
        alternatives={alternatives}
        isBusy={isBusy}
        onTake={({ startAt, resource }) => {
          onBook({ start: { ...start, at: startAt }, resourceId: resource?.id ?? resourceId });
        }}
      />
    </div>
  );
}
