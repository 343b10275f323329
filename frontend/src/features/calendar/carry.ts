import { addDays } from "@/time/dates";
import { instantOf, localTimeOf } from "@/time/localTime";

import type { Carried } from "./entries";

/** How a view is laid out, which decides where an arrow leads. */
export type Layout = "rows" | "columns" | "month";

type Arrow = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

interface Step {
  steps?: number;
  days?: number;
  rows?: number;
}

const ways: Record<Layout, Record<Arrow, Step>> = {
  rows: { ArrowLeft: { steps: -1 }, ArrowRight: { steps: 1 }, ArrowUp: { rows: -1 }, ArrowDown: { rows: 1 } },
  columns: { ArrowLeft: { days: -1 }, ArrowRight: { days: 1 }, ArrowUp: { steps: -1 }, ArrowDown: { steps: 1 } },
  month: { ArrowLeft: { days: -1 }, ArrowRight: { days: 1 }, ArrowUp: { days: -7 }, ArrowDown: { days: 7 } },
};

/** The minutes by which appointments are moved. */
export const STEP_MINUTES = 15;

interface Ground {
  layout: Layout;
  zone: string;
  /** The resources of the rows, from top to bottom. */
  rows: readonly number[];
}

export function isArrow(key: string): key is Arrow {
  return key in ways.rows;
}

/** Returns where a carried appointment is after an arrow was pressed. */
export function carriedOn(carried: Carried, arrow: Arrow, { layout, zone, rows }: Ground): Carried {
  const { steps = 0, days = 0, rows: down = 0 } = ways[layout][arrow];
  const local = localTimeOf(carried.startAt, zone);
  const startAt =
    days === 0
      ? new Date(carried.startAt.getTime() + steps * STEP_MINUTES * 60_000)
      : instantOf(`${addDays(local.slice(0, 10), days)}${local.slice(10)}`, zone);
  return { ...carried, startAt, to: rowBeside(carried.to, down, rows) };
}

function rowBeside(row: number | undefined, down: number, rows: readonly number[]): number | undefined {
  if (row === undefined || down === 0) return row;
  return rows[rows.indexOf(row) + down] ?? row;
}
