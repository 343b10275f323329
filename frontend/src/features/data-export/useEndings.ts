import { useState } from "react";

import type { ExportCatalogue, ExportJob } from "@/api/shapes";
import { text } from "@/text";

import { isUnfinished } from "./queries";
import { jobName } from "./words";

/** Returns in words how jobs ended that were seen unfinished before; empty until one does. */
export function useEndings(jobs: readonly ExportJob[] | undefined, catalogue: ExportCatalogue): string {
  const [seen, setSeen] = useState(jobs);
  const [endings, setEndings] = useState("");
  if (jobs !== seen) {
    setSeen(jobs);
    const pending = new Set(seen?.filter(isUnfinished).map(({ id }) => id));
    const ended = jobs?.filter((job) => pending.has(job.id) && !isUnfinished(job)) ?? [];
    if (ended.length > 0) setEndings(ended.map((job) => endingOf(job, catalogue)).join(" "));
  }
  return endings;
}

function endingOf(job: ExportJob, catalogue: ExportCatalogue): string {
  const name = jobName(job, catalogue);
  if (job.state === "succeeded") return text.dataExport.finished(name, job.rows);
  return job.state === "failed" ? text.dataExport.broken(name) : text.dataExport.cancelled(name);
}
