import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import DownloadIcon from "lucide-react/icons/download";
import { useSearchParams } from "react-router";

import type { ExportCatalogue, ExportJob } from "@/api/shapes";
import { useViewer } from "@/api/viewer";
import { text } from "@/text";
import { FormProblem } from "@/ui/FormProblem";
import { fieldErrors } from "@/ui/FormProblem/fieldErrors";
import { useWait } from "@/ui/FormProblem/useWait";

import { type Choice, choiceOf, downloadPath, MOST_WORKBOOK_ROWS, searchOf } from "../choice";
import { rowsQuery, useDownloadCheck, useOrder } from "../queries";
import { ExportForm } from "./ExportForm";
import classes from "./ExportForm.module.css";

interface NewExportProps {
  catalogue: ExportCatalogue;
  onOrdered: (job: ExportJob) => void;
}

/** Choosing an export, and getting it at once or later. The choice is kept in the address. */
export function NewExport({ catalogue, onOrdered }: NewExportProps) {
  const [search, setSearch] = useSearchParams();
  const order = useOrder();
  const check = useDownloadCheck();
  const problem = order.error ?? check.error;
  const waitSeconds = useWait(problem);
  const choice = choiceOf(search, catalogue);
  if (choice === null) return null;
  const errors = fieldErrors(problem, choice.dataset.filters.map(({ name }) => name));
  const show = (next: Choice, page: string | null) => {
    setSearch({ ...searchOf(next), ...(page && { page }) }, { replace: true, preventScrollReset: true });
  };
  const change = (next: Choice) => {
    order.reset();
    check.reset();
    show(next, search.get("page"));
  };
  return (
    <div className={classes.card}>
      <ExportForm catalogue={catalogue} choice={choice} errors={errors} onChange={change} />
      {problem && Object.keys(errors).length === 0 && (
        <div className={classes.problem}>
          <FormProblem heading={text.dataExport.failed} error={problem} waitSeconds={waitSeconds} />
        </div>
      )}
      <Ways
        choice={choice}
        isOrdering={order.isPending}
        isHeld={waitSeconds > 0}
        onDownload={() => {
          order.reset();
          check.mutate(choice);
        }}
        onOrder={() => {
          check.reset();
          order.mutate(choice, {
            onSuccess: (job) => {
              // The new job is on the first page.
              show(choice, null);
              onOrdered(job);
            },
          });
        }}
      />
    </div>
  );
}

interface WaysProps {
  choice: Choice;
  isOrdering: boolean;
  /** Whether the server asks to wait. */
  isHeld: boolean;
  onDownload: () => void;
  onOrder: () => void;
}

/** How many rows it will be, and the two ways to get them. The download is a link of this site: it streams to disk. */
function Ways({ choice, isOrdering, isHeld, onDownload, onOrder }: WaysProps) {
  const { business } = useViewer();
  const { data: rows, isFetching, isError } = useQuery(rowsQuery(choice, business.timezone));
  const isTooMuch = choice.format === "xlsx" && typeof rows === "number" && rows > MOST_WORKBOOK_ROWS;
  return (
    <div className={classes.foot}>
      <div className={classes.count}>
        <Text fw={550} role="status" c={isFetching ? "dimmed" : undefined}>
          {isError || rows === null ? text.dataExport.countUnknown : countText(rows)}
        </Text>
        {isTooMuch && (
          <Text size="sm" c="dimmed">
            {text.dataExport.tooManyForWorkbook}
          </Text>
        )}
      </div>
      <div className={classes.actions}>
        <Button variant="default" loading={isOrdering} disabled={isHeld} onClick={onOrder}>
          {text.dataExport.prepare}
        </Button>
        {!isTooMuch && (
          <Button
            component="a"
            href={downloadPath(choice)}
            download
            leftSection={<DownloadIcon aria-hidden size={16} />}
            onClick={onDownload}
          >
            {text.dataExport.download}
          </Button>
        )}
      </div>
    </div>
  );
}

function countText(rows: number | undefined): string {
  if (rows === undefined) return text.dataExport.counting;
  return rows === 0 ? text.dataExport.noRows : text.dataExport.rows(rows);
}
