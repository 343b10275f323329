import "@mantine/dates/styles.layer.css";

import { Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import PlusIcon from "lucide-react/icons/plus";

import { useViewer } from "@/api/viewer";
import { LockedButton } from "@/plan/LockedButton";
import { LockedSection } from "@/plan/LockedSection";
import { text } from "@/text";
import { DataTable } from "@/ui/DataTable";
import { PageHeader } from "@/ui/PageHeader";
import { useUrlState } from "@/ui/useUrlState";

import { columnsIn } from "./components/columns";
import { Payments } from "./components/Payments";
import { Sample } from "./components/Sample";
import { defaults } from "./filters";

const FEATURE = "can_accept_payments";

/** What customers paid, and what was given back. */
export function Component() {
  const { business } = useViewer();
  const [state, change] = useUrlState(defaults);
  useDocumentTitle(text.title(text.payments.title, business.name));
  return (
    <>
      <PageHeader
        heading={text.payments.title}
        action={
          <LockedButton
            feature={FEATURE}
            leftSection={<PlusIcon aria-hidden size={16} />}
            onClick={() => change({ record: state.appointment || "new" })}
          >
            {text.payments.record}
          </LockedButton>
        }
      >
        <Text c="dimmed">{text.payments.lead}</Text>
      </PageHeader>
      <LockedSection feature={FEATURE} preview={<Sample />} skeleton={<TableSkeleton />}>
        <Payments state={state} onChange={change} />
      </LockedSection>
    </>
  );
}

function TableSkeleton() {
  const { business } = useViewer();
  return (
    <DataTable
      caption={text.payments.caption}
      columns={columnsIn(business.timezone)}
      rows={undefined}
      rowKey={({ id }) => id}
    />
  );
}
