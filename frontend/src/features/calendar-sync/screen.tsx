import { Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import PlusIcon from "lucide-react/icons/plus";
import { useState } from "react";

import { useViewer } from "@/api/viewer";
import { LockedButton } from "@/plan/LockedButton";
import { LockedSection } from "@/plan/LockedSection";
import { text } from "@/text";
import { calendarSync as syncText } from "@/text/calendarSync";
import { useNow } from "@/time/useNow";
import { PageHeader } from "@/ui/PageHeader";

import { useArrival } from "./arrival";
import { Accounts, useConnections } from "./components/Accounts";
import { ArrivalProblem } from "./components/ArrivalProblem";
import { ConnectDialog } from "./components/ConnectDialog";
import { Feeds } from "./components/Feeds";
import { Inbox } from "./components/Inbox";
import { Sample } from "./components/Sample";

const FEATURE = "can_use_calendar_sync";
const CLOCK_RENEWED_MS = 15_000;

/** The calendars that are connected, what they contradict, and the subscriptions to appointments. */
export function Component() {
  const { business } = useViewer();
  const [opening, setOpening] = useState({ number: 0, isOpen: false });
  const arrival = useArrival();
  const [problem, setProblem] = useState(arrival.error);
  const [first, setFirst] = useState(arrival.connection);
  useDocumentTitle(text.title(syncText.title, business.name));
  const close = () => setOpening((last) => ({ ...last, isOpen: false }));
  return (
    <>
      <PageHeader
        heading={syncText.title}
        action={
          <LockedButton
            feature={FEATURE}
            leftSection={<PlusIcon aria-hidden size={16} />}
            onClick={() => setOpening(({ number }) => ({ number: number + 1, isOpen: true }))}
          >
            {syncText.connect}
          </LockedButton>
        }
      >
        <Text c="dimmed">{syncText.lead}</Text>
      </PageHeader>
      {problem !== null && <ArrivalProblem code={problem} onClose={() => setProblem(null)} />}
      <LockedSection feature={FEATURE} preview={<Sample />}>
        <Calendars key={first} first={first} />
        <ConnectDialog
          key={opening.number}
          isOpen={opening.isOpen}
          onClose={close}
          onShow={(id) => {
            close();
            setFirst(id);
          }}
        />
      </LockedSection>
    </>
  );
}

function Calendars({ first }: { first: string | null }) {
  const now = useNow(CLOCK_RENEWED_MS);
  const { data: connections = [] } = useConnections();
  return (
    <Stack gap={28}>
      {connections.length > 0 && <Inbox now={now} />}
      <Accounts now={now} first={first} />
      <Feeds now={now} />
    </Stack>
  );
}
