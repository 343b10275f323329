import { Skeleton } from "@mantine/core";

const ROWS = 8;
const numbersTo = (count: number) => Array.from({ length: count }, (_, position) => position);

/** Stands where rows will be. */
export function SkeletonRows({ columns }: { columns: number }) {
  return numbersTo(ROWS).map((row) => (
    <tr key={row}>
      {numbersTo(columns).map((column) => (
        <td key={column} data-title={column === 0 || undefined}>
          <Skeleton h={12} my={5} w={`${[72, 56, 64, 48][(row + column) % 4] ?? 60}%`} />
        </td>
      ))}
    </tr>
  ));
}
