import { UnstyledButton } from "@mantine/core";
import ArrowDownIcon from "lucide-react/icons/arrow-down";
import ArrowUpIcon from "lucide-react/icons/arrow-up";
import type { ReactNode } from "react";

import { SkeletonRows } from "./SkeletonRows";
import classes from "./styles.module.css";

export interface Column<Row> {
  key: string;
  heading: string;
  cell: (row: Row) => ReactNode;
  align?: "end";
  /** The field of `?ordering=` that sorts by this column. */
  sortBy?: string;
  /** What names the row: the heading of its card on a phone, and the button that opens it. */
  isTitle?: true;
  /** Left out on a phone. */
  isWide?: true;
}

interface DataTableProps<Row> {
  /** What the rows are, for those who cannot see the heading above. */
  caption: string;
  columns: readonly Column<Row>[];
  /** Undefined until they are known. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string | number;
  onOpen?: (row: Row) => void;
  /** As in `?ordering=`: a field, with a minus for descending. */
  ordering?: string;
  onOrdering?: (ordering: string) => void;
  /** Whether the rows shown are about to be replaced. */
  isPending?: boolean;
  /** Takes the place of a table without rows. */
  empty?: ReactNode;
}

/** Rows of one kind: a table, on a phone a list of cards. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, onOpen, ordering, onOrdering, isPending = false, empty } = props;
  if (rows?.length === 0 && empty !== undefined) return empty;
  return (
    <div className={classes.frame} data-pending={isPending || undefined} aria-busy={isPending || rows === undefined}>
      <table className={classes.table}>
        <caption className={classes.caption}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={column.key} column={column} ordering={ordering} onOrdering={onOrdering} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows ? (
            rows.map((row) => <TableRow key={rowKey(row)} row={row} columns={columns} onOpen={onOpen} />)
          ) : (
            <SkeletonRows columns={columns.length} />
          )}
        </tbody>
      </table>
    </div>
  );
}

interface HeadingProps<Row> {
  column: Column<Row>;
  ordering: string | undefined;
  onOrdering: ((ordering: string) => void) | undefined;
}

function Heading<Row>({ column, ordering, onOrdering }: HeadingProps<Row>) {
  const { heading, sortBy, align, isWide } = column;
  // A column of buttons has no heading; an empty one would be read aloud as a heading.
  if (heading === "") return <td data-align={align} data-wide={isWide} />;
  if (sortBy === undefined || onOrdering === undefined) {
    return (
      <th scope="col" data-align={align} data-wide={isWide}>
        {heading}
      </th>
    );
  }
  const isUp = ordering === sortBy;
  const isDown = ordering === `-${sortBy}`;
  const Arrow = isDown ? ArrowDownIcon : ArrowUpIcon;
  return (
    <th
      scope="col"
      data-align={align}
      data-wide={isWide}
      aria-sort={isUp ? "ascending" : isDown ? "descending" : "none"}
    >
      <UnstyledButton
        className={classes.sort}
        onClick={() => {
          onOrdering(isUp ? `-${sortBy}` : sortBy);
        }}
      >
        {heading}
        <Arrow aria-hidden size={14} data-shown={isUp || isDown || undefined} />
      </UnstyledButton>
    </th>
  );
}

interface TableRowProps<Row> {
  row: Row;
  columns: readonly Column<Row>[];
  onOpen: ((row: Row) => void) | undefined;
}

/** The button in the title spreads over its row, so a click anywhere opens it; other controls lie above it. */
function TableRow<Row>({ row, columns, onOpen }: TableRowProps<Row>) {
  return (
    <tr data-opens={onOpen !== undefined || undefined}>
      {columns.map(({ key, heading, cell, align, isTitle, isWide }) => (
        <td key={key} data-heading={heading} data-align={align} data-title={isTitle} data-wide={isWide}>
          {isTitle && onOpen ? (
            <UnstyledButton
              className={classes.open}
              onClick={() => {
                onOpen(row);
              }}
            >
              {cell(row)}
            </UnstyledButton>
          ) : (
            cell(row)
          )}
        </td>
      ))}
    </tr>
  );
}
