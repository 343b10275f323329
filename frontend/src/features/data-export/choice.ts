import type { ExportCatalogue, ExportJob, ExportOrder } from "@/api/shapes";

export type Dataset = ExportCatalogue["datasets"][number];
export type Filter = Dataset["filters"][number];
export type Format = ExportJob["format"];

/** What is to be exported. No `fields` means all columns. */
export interface Choice {
  dataset: Dataset;
  format: Format;
  filters: Readonly<Record<string, string>>;
  fields: readonly string[];
  bom: boolean;
}

/** More are refused in one go: a browser would wait for minutes. A job may take its time. */
export const MOST_WORKBOOK_ROWS = 200_000;

/**
 * Returns what the address of the screen asks for: it has the parameters of `GET /api/export/{dataset}/`, and `dataset`
 * beside them. What the catalogue does not know is left out; null when there is nothing to export.
 */
export function choiceOf(search: URLSearchParams, { datasets, formats }: ExportCatalogue): Choice | null {
  const dataset = datasets.find(({ key }) => key === search.get("dataset")) ?? datasets[0];
  const format = formats.find((name) => name === search.get("format")) ?? formats[0];
  if (dataset === undefined || format === undefined) return null;
  const given = dataset.filters.map((filter) => [filter.name, usable(search.get(filter.name), filter)] as const);
  const named = search.get("fields")?.split(",") ?? [];
  const fields = dataset.columns.map(({ name }) => name).filter((name) => named.includes(name));
  return {
    dataset,
    format,
    filters: Object.fromEntries(given.filter(([, value]) => value !== "")),
    fields: fields.length === dataset.columns.length ? [] : fields,
    bom: format === "csv" && search.get("bom") === "1",
  };
}

/** Returns the address's parameters for a choice; what they do not name is left at its default. */
export function searchOf(choice: Choice): Record<string, string> {
  return { dataset: choice.dataset.key, ...parametersOf(choice) };
}

/** Returns the address on this host that answers with the file. */
export function downloadPath(choice: Choice): string {
  return `/api/export/${choice.dataset.key}/?${new URLSearchParams(parametersOf(choice)).toString()}`;
}

/** Returns the same choice as the body of an order. */
export function orderOf({ dataset, format, filters, fields, bom }: Choice): ExportOrder {
  return {
    // The catalogue names what an order may name.
    dataset: dataset.key as ExportOrder["dataset"],
    format,
    filters: { ...filters },
    ...(fields.length > 0 && { fields: [...fields] }),
    ...(bom && { bom }),
  };
}

/** Returns what led to a job, as a choice. */
export function choiceOfJob(job: ExportJob, catalogue: ExportCatalogue): Choice | null {
  const given = Object.entries(job.filters).map(([name, value]): [string, string] => [name, String(value)]);
  const wanted = { dataset: job.dataset, format: job.format, fields: job.fields.join(","), bom: job.bom ? "1" : "0" };
  return choiceOf(new URLSearchParams({ ...Object.fromEntries(given), ...wanted }), catalogue);
}

/** Returns what a filter was given, empty where it cannot mean anything. Moments are chosen by their date here. */
function usable(given: string | null, { type, choices }: Filter): string {
  const value = type === "timestamp" ? (given ?? "").slice(0, 10) : (given ?? "");
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
  const isMeant = {
    first_date: isDate,
    last_date: isDate,
    timestamp: isDate,
    choice: choices.includes(value),
    integer: /^\d{1,15}$/.test(value),
    boolean: value === "true" || value === "false",
  };
  return isMeant[type] ? value : "";
}

function parametersOf({ format, filters, fields, bom }: Choice): Record<string, string> {
  return {
    format,
    ...filters,
    ...(fields.length > 0 && { fields: fields.join(",") }),
    ...(bom && { bom: "1" }),
  };
}
