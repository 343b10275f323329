import type { ExportCatalogue, ExportJob } from "@/api/shapes";
import { text } from "@/text";

import type { Names } from "../words";
import { JobRow } from "./JobRow";
import classes from "./Jobs.module.css";

interface JobListProps {
  jobs: readonly ExportJob[];
  catalogue: ExportCatalogue;
  names: Names;
  onWithdraw: (job: ExportJob) => void;
}

/** Jobs, newest first. */
export function JobList({ jobs, catalogue, names, onWithdraw }: JobListProps) {
  if (jobs.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={text.dataExport.jobs}>
      {jobs.map((job) => (
        <JobRow key={job.id} job={job} catalogue={catalogue} names={names} onWithdraw={onWithdraw} />
      ))}
    </ul>
  );
}
