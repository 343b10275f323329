import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import PlusIcon from "lucide-react/icons/plus";
import { lazy, Suspense, useState } from "react";

import type { TimeOff } from "@/api/shapes";
import { hours as hoursText } from "@/text/hours";
import { ErrorState } from "@/ui/ErrorState";
import { FormDialog } from "@/ui/FormDialog";
import { Section } from "@/ui/Section";

import { type Owner, pastTimeOffQuery, timeOffQuery } from "../hours-queries";
import { useCanManage } from "../useCanManage";
import { MoreButton } from "./MoreButton";
import classes from "./Rows.module.css";
import { TimeOffList } from "./TimeOffList";

const TimeOffForm = lazy(() => import("./TimeOffForm"));

/** When a resource, or everybody, is away: ahead, and on request in the past. */
export function TimeOffSection({ owner }: { owner: Owner }) {
  const canManage = useCanManage();
  const own = useQuery(timeOffQuery(owner));
  const business = useQuery({ ...timeOffQuery(null), enabled: owner !== null });
  const [edited, setEdited] = useState<TimeOff | "new" | null>(null);
  const rows = own.data && inOrder(own.data, owner === null ? [] : business.data);
  const words = hoursText.timeOff;
  return (
    <Section
      heading={owner === null ? words.headingBusiness : words.heading}
      lead={owner === null ? words.leadBusiness : words.lead}
      action={
        canManage && (
          <Button
            variant="default"
            leftSection={<PlusIcon aria-hidden size={16} />}
            onClick={() => {
              setEdited("new");
            }}
          >
            {owner === null ? words.addBusiness : words.add}
          </Button>
        )
      }
    >
      {rows ? (
        <TimeOffList rows={rows} owner={owner} none={words.none} onEdit={setEdited} />
      ) : own.error ? (
        <ErrorState error={own.error} onRetry={() => void own.refetch()} />
      ) : (
        <Skeleton h={64} />
      )}
      <Past owner={owner} />
      <TimeOffDialog
        owner={owner}
        edited={edited}
        onClose={() => {
          setEdited(null);
        }}
      />
    </Section>
  );
}

function inOrder(own: readonly TimeOff[], business: readonly TimeOff[] = []): TimeOff[] {
  return [...own, ...business].sort((one, other) => Date.parse(one.start_at) - Date.parse(other.start_at));
}

function Past({ owner }: { owner: Owner }) {
  const [isShown, setIsShown] = useState(false);
  const { data: rows, error, refetch } = useQuery({ ...pastTimeOffQuery(owner), enabled: isShown });
  return (
    <div>
      <MoreButton
        isExpanded={isShown}
        onClick={() => {
          setIsShown(!isShown);
        }}
      >
        {isShown ? hoursText.timeOff.hidePast : hoursText.timeOff.showPast}
      </MoreButton>
      {isShown &&
        (rows ? (
          <TimeOffList rows={rows} owner={owner} none={hoursText.timeOff.nonePast} isPast />
        ) : error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton h={64} mt="xs" className={classes.rows} />
        ))}
    </div>
  );
}

interface TimeOffDialogProps {
  owner: Owner;
  edited: TimeOff | "new" | null;
  onClose: () => void;
}

function TimeOffDialog({ owner, edited, onClose }: TimeOffDialogProps) {
  const { add, edit, addBusiness, editBusiness } = hoursText.timeOff.dialog;
  const headings = owner === null ? { add: addBusiness, edit: editBusiness } : { add, edit };
  return (
    <FormDialog opened={edited !== null} onClose={onClose} heading={edited === "new" ? headings.add : headings.edit}>
      <Suspense fallback={<Skeleton h={280} />}>
        <TimeOffForm owner={owner} edited={edited === "new" ? null : edited} onDone={onClose} />
      </Suspense>
    </FormDialog>
  );
}
