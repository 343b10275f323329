import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import CheckIcon from "lucide-react/icons/check";
import CopyIcon from "lucide-react/icons/copy";

import type { ExportJob } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { shortDate } from "@/time/format";

import { fileSize } from "../fileSize";
import classes from "./Jobs.module.css";

/** What is known about the file of a finished job. */
export function JobFacts({ job }: { job: ExportJob }) {
  const { business } = useViewer();
  if (job.state !== "succeeded" && job.state !== "expired") return null;
  return (
    <div className={classes.facts}>
      <span>{text.dataExport.rows(job.rows)}</span>
      <span>{fileSize(job.size_bytes)}</span>
      {job.state === "succeeded" && job.expires_at !== null && (
        <span>{text.dataExport.keptUntil(shortDate(new Date(job.expires_at), business.timezone))}</span>
      )}
      {job.sha256 !== "" && <Checksum sha256={job.sha256} />}
    </div>
  );
}

/** The SHA-256 of a file, shortened; it is copied whole. */
function Checksum({ sha256 }: { sha256: string }) {
  return (
    <span className={classes.checksum}>
      {text.dataExport.sha256}{" "}
      <code title={sha256}>
        {sha256.slice(0, 6)}…{sha256.slice(-4)}
      </code>
      <CopyButton value={sha256}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? text.dataExport.copied : text.dataExport.copySha256}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={24}
              className={classes.copy}
              aria-label={copied ? text.dataExport.copied : text.dataExport.copySha256}
              onClick={copy}
            >
              {copied ? <CheckIcon aria-hidden size={14} /> : <CopyIcon aria-hidden size={14} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  );
}
