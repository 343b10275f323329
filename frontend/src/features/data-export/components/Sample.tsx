import { Stack } from "@mantine/core";

import type { ExportCatalogue, ExportJob } from "@/api/shapes";
import { text } from "@/text";
import { Panel } from "@/ui/Panel";

import { Choices } from "./Choices";
import { FormatChoice } from "./ExportForm";
import classes from "./ExportForm.module.css";
import { JobList } from "./JobList";

const nothing = () => undefined;
const columns = ["id", "name", "created_at", "updated_at"].map((name) => ({ name, type: "text" as const, summary: "" }));
const catalogue: ExportCatalogue = {
  formats: ["csv", "json", "ndjson", "xlsx"],
  datasets: [
    ["appointments", "Appointments", "Every appointment with its service, customer and resources."],
    ["customers", "Customers", "Everyone the business serves."],
    ["services", "Services", "What can be booked."],
  ].map(([key = "", name = "", summary = ""]) => ({ key, name, summary, schema_version: 1, columns, filters: [] })),
};

function jobWith(parts: Partial<ExportJob>): ExportJob {
  return {
    id: "1",
    dataset: "appointments",
    format: "csv",
    filters: { start_date: "2026-01-01" },
    fields: columns.map(({ name }) => name),
    since: null,
    bom: false,
    state: "succeeded",
    attempts: 1,
    rows: 11_949,
    rows_expected: 11_949,
    percent: 100,
    size_bytes: 4_180_000,
    sha256: "",
    cursor: "",
    problem: null,
    requested_by: null,
    created_at: "2026-03-02T09:00:00Z",
    started_at: null,
    finished_at: null,
    expires_at: "2026-03-09T09:00:00Z",
    download_url: null,
    manifest_url: null,
    ...parts,
  };
}

const jobs = [
  jobWith({ id: "2", state: "running", percent: 64, rows: 7_600 }),
  jobWith({ id: "1", dataset: "customers", format: "xlsx", filters: {}, rows: 800, size_bytes: 96_000 }),
];

/** What lies behind the lock: the screen with made-up exports. */
export function Sample() {
  return (
    <>
      <Stack className={classes.card}>
        <Choices
          label={text.dataExport.dataset}
          value="appointments"
          options={catalogue.datasets.map(({ key, name, summary }) => ({ value: key, name, hint: summary }))}
          onChange={nothing}
        />
        <FormatChoice formats={catalogue.formats} format="csv" onChange={nothing} />
      </Stack>
      <Panel heading={text.dataExport.jobs}>
        <JobList jobs={jobs} catalogue={catalogue} names={{}} onWithdraw={nothing} />
      </Panel>
    </>
  );
}
