/** The most rows the API gives at once. */
export const PAGE_SIZE = 200;

interface Page<Row> {
  next?: string | null;
  results: Row[];
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
