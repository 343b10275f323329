import "./colors.css";

import { Button, Skeleton, Text, Title } from "@mantine/core";
import DownloadIcon from "lucide-react/icons/download";
import { type ReactNode, useId, useState } from "react";

import { chart } from "@/text/chart";

import { downloadText } from "./download";
import classes from "./styles.module.css";
import { type ChartTable, csvOf } from "./table";
import { ValueTable } from "./ValueTable";
import { type View, ViewSwitch } from "./ViewSwitch";

interface ChartCardProps<Row> {
  title: string;
  /** What is counted, in words. */
  definition: string;
  /** Everything the chart draws; undefined until known. */
  table: ChartTable<Row> | undefined;
  /** The name of the CSV, without its ending. */
  fileName: string;
  /** Stands beside the CSV: the way to the rows that were counted. */
  more?: ReactNode;
  /** The height of the chart, and of the table in its place. */
  height?: number;
  /** Takes the place of a chart without anything to draw. */
  empty?: ReactNode;
  /** The chart. */
  children: ReactNode;
}

/** A chart with its definition, the same values as a table, and as CSV. */
export function ChartCard<Row>(props: ChartCardProps<Row>) {
  const { title, definition, table, fileName, more, height = 280, empty, children } = props;
  const [view, setView] = useState<View>("chart");
  const titleId = useId();
  const isEmpty = table?.rows.length === 0;
  return (
    <section className={classes.card} aria-labelledby={titleId}>
      <header className={classes.head}>
        <div>
          <Title order={3} size="h5" id={titleId}>
            {title}
          </Title>
          <Text size="sm" c="dimmed" className={classes.definition}>
            {definition}
          </Text>
        </div>
        <ViewSwitch title={title} view={view} onChange={setView} />
      </header>
      <div className={classes.body} style={{ height }}>
        {table === undefined ? (
          <Skeleton h="100%" radius={8} />
        ) : isEmpty ? (
          (empty ?? <Text className={classes.empty}>{chart.empty}</Text>)
        ) : view === "table" ? (
          <ValueTable title={title} table={table} />
        ) : (
          children
        )}
      </div>
      <footer className={classes.foot}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          className={classes.action}
          disabled={table === undefined || isEmpty}
          leftSection={<DownloadIcon aria-hidden size={14} />}
          aria-label={chart.csvOf(title)}
          onClick={() => {
            if (table) downloadText(`${fileName}.csv`, csvOf(table), "text/csv");
          }}
        >
          {chart.csv}
        </Button>
        {more}
      </footer>
    </section>
  );
}
