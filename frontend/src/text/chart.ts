/** What every chart says about itself. */
export const chart = {
  chart: "Chart",
  table: "Table",
  viewOf: (title: string) => `Show ${title} as`,
  csv: "CSV of this chart",
  csvOf: (title: string) => `CSV of this chart: ${title}`,
  empty: "Nothing in these days",
  total: "Total",
};
