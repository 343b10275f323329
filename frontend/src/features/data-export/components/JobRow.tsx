import { ActionIcon, Button, Menu, Progress, Text } from "@mantine/core";
import BanIcon from "lucide-react/icons/ban";
import DownloadIcon from "lucide-react/icons/download";
import EllipsisIcon from "lucide-react/icons/ellipsis";
import FileTextIcon from "lucide-react/icons/file-text";
import RotateCcwIcon from "lucide-react/icons/rotate-ccw";
import Trash2Icon from "lucide-react/icons/trash-2";
import { createSearchParams, useNavigate } from "react-router";

import type { ExportCatalogue, ExportJob } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { dateAndTime } from "@/time/format";

import { choiceOfJob, searchOf } from "../choice";
import { isUnfinished } from "../queries";
import { jobName, type Names, rowsOfJob } from "../words";
import { JobFacts } from "./JobFacts";
import classes from "./Jobs.module.css";

interface JobRowProps {
  job: ExportJob;
  catalogue: ExportCatalogue;
  names: Names;
  onWithdraw: (job: ExportJob) => void;
}

/** One job: what of, how far, and its file. */
export function JobRow({ job, catalogue, names, onWithdraw }: JobRowProps) {
  const { business } = useViewer();
  const name = jobName(job, catalogue);
  const ordered = dateAndTime(new Date(job.created_at), business.timezone);
  return (
    <li className={classes.job}>
      <div className={classes.about}>
        <div className={classes.title}>
          <Text component="h3" fw={600} size="md">
            {name}
          </Text>
          <span className={classes.state} data-state={job.state}>
            {text.dataExport.states[job.state]}
          </span>
        </div>
        <Text size="sm" c="dimmed">
          {rowsOfJob(job, names)} · {columnsOf(job, catalogue)} · {text.dataExport.by(ordered, job.requested_by)}
        </Text>
        <JobFacts job={job} />
        {isUnfinished(job) && <Advance job={job} name={name} />}
        {job.problem && <Problem job={job} />}
      </div>
      <div className={classes.acts}>
        {job.download_url !== null && (
          <Button
            component="a"
            href={job.download_url}
            variant="default"
            size="sm"
            download
            leftSection={<DownloadIcon aria-hidden size={16} />}
            aria-label={text.dataExport.downloadJob(name, ordered)}
          >
            {text.dataExport.downloadFile}
          </Button>
        )}
        <More job={job} catalogue={catalogue} label={text.dataExport.more(name, ordered)} onWithdraw={onWithdraw} />
      </div>
    </li>
  );
}

function columnsOf({ dataset, fields }: ExportJob, { datasets }: ExportCatalogue): string {
  const all = datasets.find(({ key }) => key === dataset)?.columns.length ?? fields.length;
  return fields.length === all ? text.dataExport.allColumns(all) : text.dataExport.someColumns(fields.length, all);
}

/** How much is written. */
function Advance({ job, name }: { job: ExportJob; name: string }) {
  return (
    <div className={classes.advance}>
      <Progress.Root size={6}>
        <Progress.Section value={job.percent} aria-label={text.dataExport.progressOf(name)} />
      </Progress.Root>
      <Text size="sm" c="dimmed">
        {job.state === "queued" ? text.dataExport.states.queued : text.dataExport.progress(job.rows, job.rows_expected)}
      </Text>
    </div>
  );
}

/** Why it failed, or what interrupted it before it was taken up again. */
function Problem({ job }: { job: ExportJob }) {
  return (
    <Text size="sm" className={classes.problem} data-passing={isUnfinished(job) || undefined}>
      {isUnfinished(job) && `${text.dataExport.interrupted(job.attempts)} `}
      {job.problem?.detail}
    </Text>
  );
}

function More({ job, catalogue, label, onWithdraw }: Omit<JobRowProps, "names"> & { label: string }) {
  const navigate = useNavigate();
  const choice = choiceOfJob(job, catalogue);
  const isPending = isUnfinished(job);
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={label}>
          <EllipsisIcon aria-hidden size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {choice && (
          <Menu.Item
            leftSection={<RotateCcwIcon aria-hidden size={16} />}
            onClick={() => void navigate({ search: createSearchParams(searchOf(choice)).toString() })}
          >
            {text.dataExport.again}
          </Menu.Item>
        )}
        {job.manifest_url !== null && (
          <Menu.Item
            component="a"
            href={job.manifest_url}
            download
            leftSection={<FileTextIcon aria-hidden size={16} />}
          >
            {text.dataExport.manifest}
          </Menu.Item>
        )}
        {(isPending || job.state === "succeeded") && (
          <Menu.Item
            c="var(--red-ink)"
            leftSection={isPending ? <BanIcon aria-hidden size={16} /> : <Trash2Icon aria-hidden size={16} />}
            onClick={() => onWithdraw(job)}
          >
            {isPending ? text.dataExport.cancel : text.dataExport.remove}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
