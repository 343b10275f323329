/** The most rows the API gives at once. */
export const PAGE_SIZE = 200;

interface Page<Row> {
  next?: string | null;
  results: Row[];
}

interface CountedPage<Row> extends Page<Row> {
  count: number;
}

/** Returns the rows of all pages of a list. */
export async function allRows<Row>(load: (page: number) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let number = 1; ; number += 1) {
    const page = await load(number);
    rows.push(...page.results);
    if (!page.next) return rows;
  }
}

/** Returns the rows of all pages of a list; those behind the first are asked for at the same time. */
export async function allRowsAtOnce<Row>(load: (page: number) => Promise<CountedPage<Row>>): Promise<Row[]> {
  const first = await load(1);
  const others = Array.from({ length: Math.ceil(first.count / PAGE_SIZE) - 1 }, (_, position) => position + 2);
  const pages = await Promise.all(others.map(load));
  return [first, ...pages].flatMap(({ results }) => results);
}
