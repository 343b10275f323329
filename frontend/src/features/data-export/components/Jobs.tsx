import { Skeleton, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import ArchiveIcon from "lucide-react/icons/archive";
import { useState } from "react";

import { resourcesQuery, servicesQuery } from "@/api/scheduling";
import type { ExportCatalogue, ExportJob } from "@/api/shapes";
import { text } from "@/text";
import { AskDialog } from "@/ui/AskDialog";
import { Pager } from "@/ui/DataTable/Pager";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorState } from "@/ui/ErrorState";
import { notifyFailure } from "@/ui/notifyFailure";
import { useUrlState } from "@/ui/useUrlState";

import { isUnfinished, JOBS_PAGE_SIZE, jobsQuery, useWithdraw } from "../queries";
import { useEndings } from "../useEndings";
import { jobName, type Names } from "../words";
import classes from "./Jobs.module.css";
import { JobList } from "./JobList";

const defaults = { page: 1 };

/** The exports that were ordered, with their files as long as they are kept. */
export function Jobs({ catalogue }: { catalogue: ExportCatalogue }) {
  const [{ page }, setState] = useUrlState(defaults);
  const { data: jobs, error, refetch } = useQuery(jobsQuery(page));
  const withdraw = useWithdraw();
  const [asked, setAsked] = useState<ExportJob | null>(null);
  const [done, setDone] = useState("");
  const names = useNames();
  const ended = useEndings(jobs?.results, catalogue);

  const perform = (job: ExportJob) => {
    const name = jobName(job, catalogue);
    withdraw.mutate(job, {
      onSuccess: () => setDone(isUnfinished(job) ? text.dataExport.cancelled(name) : text.dataExport.removed(name)),
      onError: (problem) => notifyFailure(text.dataExport.removeFailed(name), problem.message),
    });
  };
  return (
    <>
      {jobs ? (
        <>
          {jobs.results.length === 0 && <NoJobs />}
          <JobList
            jobs={jobs.results}
            catalogue={catalogue}
            names={names}
            onWithdraw={(job) => (isUnfinished(job) ? perform(job) : setAsked(job))}
          />
          {jobs.count > JOBS_PAGE_SIZE && (
            <Pager page={page} pageSize={JOBS_PAGE_SIZE} count={jobs.count} onPage={(wanted) => setState({ page: wanted })} />
          )}
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <div className={classes.list} role="status" aria-label={text.loading}>
          <Skeleton h={84} radius={12} />
          <Skeleton h={84} radius={12} />
        </div>
      )}
      <AskDialog
        question={asked && { ...text.dataExport.ask, isGrave: true }}
        onNo={() => setAsked(null)}
        onYes={() => {
          if (asked) perform(asked);
          setAsked(null);
        }}
      />
      <VisuallyHidden role="status">{ended || done}</VisuallyHidden>
    </>
  );
}

/** The names of what filters number. */
function useNames(): Names {
  const { data: services = [] } = useQuery(servicesQuery);
  const { data: resources = [] } = useQuery(resourcesQuery);
  const byId = (rows: readonly { id: number; name: string }[]) =>
    new Map(rows.map(({ id, name }) => [String(id), name]));
  return { service_id: byId(services), resource_id: byId(resources) };
}

function NoJobs() {
  return (
    <EmptyState icon={<ArchiveIcon aria-hidden size={22} />} heading={text.dataExport.noJobsHeading} level={3}>
      {text.dataExport.noJobs}
    </EmptyState>
  );
}
