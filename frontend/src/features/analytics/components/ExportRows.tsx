import { Button, VisuallyHidden } from "@mantine/core";
import LockIcon from "lucide-react/icons/lock";
import RowsIcon from "lucide-react/icons/rows-3";
import { Link } from "react-router";

import type { StatisticsFilter } from "@/api/analytics";
import { paths } from "@/paths";
import { useFeature } from "@/plan/useFeature";
import { analytics } from "@/text/analytics";

import classes from "./ExportRows.module.css";

interface ExportRowsProps {
  /** The chart they are counted in. */
  title: string;
  filter: StatisticsFilter;
  /** The dates of the window; undefined until known. */
  range: { first: string; last: string } | undefined;
}

/** The way to a file with exactly the appointments that a chart counts. */
export function ExportRows({ title, filter, range }: ExportRowsProps) {
  const isLocked = useFeature("can_export_data") === "locked";
  const Icon = isLocked ? LockIcon : RowsIcon;
  if (range === undefined) return null;
  return (
    <Button
      component={Link}
      to={exportPath(filter, range)}
      variant="subtle"
      color="gray"
      size="compact-sm"
      className={classes.link}
      leftSection={<Icon aria-hidden size={14} />}
    >
      <span aria-hidden>{analytics.exportRows}</span>
      <VisuallyHidden>
        {analytics.exportRowsOf(title)}
        {isLocked && ` (${analytics.notInPlan})`}
      </VisuallyHidden>
    </Button>
  );
}

/** Returns the address of the export of a window's appointments; its parameters are those of the export's API. */
function exportPath(filter: StatisticsFilter, { first, last }: { first: string; last: string }): string {
  const { status, service_id, resource_id } = filter;
  const wanted = { dataset: "appointments", start_date: first, end_date: last, status, service_id, resource_id };
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  return `${paths.dataExport}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}
