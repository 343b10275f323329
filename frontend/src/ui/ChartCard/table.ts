/** One column of what a chart draws: the value itself, and how people read it. */
export interface ChartColumn<Row> {
  heading: string;
  /** The value as a program reads it; it goes into the CSV. */
  value: (row: Row) => string | number;
  /** The value as it is shown; the plain value without it. */
  shown?: (row: Row) => string;
}

/** Everything a chart draws, as rows and columns. The first column names the row. */
export interface ChartTable<Row> {
  columns: readonly ChartColumn<Row>[];
  rows: readonly Row[];
}

/** Makes spreadsheets read UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";

/** Returns a table as CSV (RFC 4180) for a spreadsheet. */
export function csvOf<Row>({ columns, rows }: ChartTable<Row>): string {
  const lines = [columns.map(({ heading }) => heading), ...rows.map((row) => columns.map(({ value }) => value(row)))];
  return BYTE_ORDER_MARK + lines.map((cells) => `${cells.map(cellOf).join(",")}\r\n`).join("");
}

/** A text that a spreadsheet would take for a formula gets an apostrophe, as in the exports of the server. */
function cellOf(value: string | number): string {
  if (typeof value === "number") return String(value);
  const harmless = /^[=+\-@\t\r＝＋－＠]/.test(value) && !isDecimal(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const isDecimal = (value: string) => /^-?\d+(\.\d+)?$/.test(value);
