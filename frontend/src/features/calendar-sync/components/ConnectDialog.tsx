import { Button, Group, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { connectionsQuery } from "@/api/calendarSync";
import { resourcesQuery } from "@/api/scheduling";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { calendarSync as syncText } from "@/text/calendarSync";
import { ErrorState } from "@/ui/ErrorState";
import { FormDialog } from "@/ui/FormDialog";

import type { Kind } from "../kinds";
import { whoseOf } from "../whose";
import { CalendarChoices } from "./CalendarChoices";
import { ConsentForm } from "./ConsentForm";
import { DetailsForm } from "./DetailsForm";
import { KindList } from "./KindList";

const words = syncText.connecting;

type Step = { at: "kind" } | { at: "details"; kind: Kind } | { at: "calendars"; id: string };

interface ConnectDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** Opens the calendars of an account that is connected already. */
  onShow: (id: string) => void;
}

/** Connects an account: where it lives, whose it is and how we get in, then what of it is used. */
export function ConnectDialog({ isOpen, onClose, onShow }: ConnectDialogProps) {
  const [step, setStep] = useState<Step>({ at: "kind" });
  const heading = step.at === "details" ? words.headings.details(words.inWords[step.kind.key] ?? step.kind.name) : words.headings[step.at];
  return (
    <FormDialog opened={isOpen} onClose={onClose} heading={heading}>
      {step.at === "kind" && <KindList onChoose={(kind) => setStep({ at: "details", kind })} />}
      {step.at === "details" && (
        <Details
          kind={step.kind}
          onBack={() => setStep({ at: "kind" })}
          onShow={onShow}
          onConnected={({ id }) => setStep({ at: "calendars", id })}
        />
      )}
      {step.at === "calendars" && <Calendars id={step.id} onDone={onClose} />}
    </FormDialog>
  );
}

interface DetailsProps {
  kind: Kind;
  onBack: () => void;
  onShow: (id: string) => void;
  onConnected: (connection: { id: string }) => void;
}

function Details({ kind, ...acts }: DetailsProps) {
  const { user } = useViewer();
  const { data: resources, error, refetch } = useQuery(resourcesQuery);
  if (!resources) {
    if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
    return <Skeleton h={240} radius={12} role="status" aria-label={text.loading} />;
  }
  if (whoseOf(resources, user).length === 0) return <Text>{words.whoseNone}</Text>;
  if (kind.auth === "oauth") return <ConsentForm kind={kind} resources={resources} onBack={acts.onBack} />;
  return <DetailsForm kind={kind} resources={resources} {...acts} />;
}

function Calendars({ id, onDone }: { id: string; onDone: () => void }) {
  const { data: connections = [] } = useQuery(connectionsQuery);
  const connection = connections.find((one) => one.id === id);
  if (!connection) return <Skeleton h={240} radius={12} role="status" aria-label={text.loading} />;
  return (
    <>
      <Text c="dimmed" mb="md">
        {words.calendarsLead}
      </Text>
      <CalendarChoices connection={connection} />
      <Group justify="flex-end" mt="lg">
        <Button onClick={onDone}>{words.done}</Button>
      </Group>
    </>
  );
}
