import { ScrollArea } from "@mantine/core";

import type { ChartTable } from "./table";
import classes from "./ValueTable.module.css";

interface ValueTableProps<Row> {
  title: string;
  table: ChartTable<Row>;
}

/** The values of a chart as a table that scrolls where the chart stood; the arrow keys scroll it too. */
export function ValueTable<Row>({ title, table: { columns, rows } }: ValueTableProps<Row>) {
  return (
    <ScrollArea h="100%" type="auto" offsetScrollbars="present" viewportProps={{ tabIndex: 0, role: "group", "aria-label": title }}>
      <table className={classes.table} aria-label={title}>
        <thead>
          <tr>
            {columns.map(({ heading }) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, position) => (
            <tr key={position}>
              {columns.map((column, place) => {
                const shown = column.shown?.(row) ?? String(column.value(row));
                return place === 0 ? (
                  <th key={column.heading} scope="row">
                    {shown}
                  </th>
                ) : (
                  <td key={column.heading}>{shown}</td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
