import "@mantine/dates/styles.layer.css";

import { Skeleton, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import ShieldIcon from "lucide-react/icons/shield";

import { useViewer } from "@/api/viewer";
import { LockedSection } from "@/plan/LockedSection";
import { text } from "@/text";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import { notifyDone } from "@/ui/notifyDone";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";

import { Jobs } from "./components/Jobs";
import { NewExport } from "./components/NewExport";
import { Sample } from "./components/Sample";
import classes from "./data-export.module.css";
import { catalogueQuery } from "./queries";
import { formatName } from "./words";

/** The rows of the business as files, at once or prepared in the background. */
export function Component() {
  const { business, user } = useViewer();
  useDocumentTitle(text.title(text.dataExport.title, business.name));
  return (
    <>
      <PageHeader heading={text.dataExport.title}>
        <Text c="dimmed">{text.dataExport.lead}</Text>
      </PageHeader>
      {user.role === "staff" ? (
        <EmptyState icon={<ShieldIcon aria-hidden size={22} />} heading={text.dataExport.notForStaffHeading}>
          {text.dataExport.notForStaff(business.name)}
        </EmptyState>
      ) : (
        <LockedSection feature="can_export_data" preview={<Preview />} skeleton={<ExportsSkeleton />}>
          <Exports />
        </LockedSection>
      )}
    </>
  );
}

function Preview() {
  return (
    <div className={classes.preview}>
      <div className={classes.parts}>
        <Sample />
      </div>
    </div>
  );
}

function Exports() {
  const { data: catalogue, error, refetch } = useQuery(catalogueQuery);
  if (!catalogue) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <ExportsSkeleton />;
  return (
    <div className={classes.parts}>
      <Panel heading={text.dataExport.form}>
        <NewExport
          catalogue={catalogue}
          onOrdered={({ dataset, format }) => {
            const { name = dataset } = catalogue.datasets.find(({ key }) => key === dataset) ?? {};
            notifyDone(text.dataExport.ordered(name, formatName(format)));
          }}
        />
      </Panel>
      <Panel heading={text.dataExport.jobs}>
        <Text size="sm" c="dimmed" mt={-10}>
          {text.dataExport.jobsHint}
        </Text>
        <Jobs catalogue={catalogue} />
      </Panel>
    </div>
  );
}

function ExportsSkeleton() {
  return (
    <div className={classes.parts} role="status" aria-label={text.loading}>
      <Skeleton h={420} radius={12} />
      <Skeleton h={84} radius={12} />
    </div>
  );
}
