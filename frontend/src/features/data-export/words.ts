import type { ExportCatalogue, ExportJob } from "@/api/shapes";
import { text } from "@/text";
import { mediumDate } from "@/time/format";

import type { Filter } from "./choice";

/** Returns what a filter is called; one this build does not know, by what the server says about it. */
export function filterLabel({ name, summary }: Filter): string {
  return text.dataExport.filterNames[name] ?? summary.charAt(0).toUpperCase() + summary.slice(1);
}

/** Returns the values of a filter that has a fixed set of them. */
export function optionsOf({ name, type, choices }: Filter): { value: string; label: string }[] {
  if (type === "boolean") return ["true", "false"].map((value) => ({ value, label: yesOrNo(name, value) }));
  return choices.map((value) => ({ value, label: wordOf(value) }));
}

export function formatName(format: string): string {
  return text.dataExport.formats[format]?.name ?? format.toUpperCase();
}

/** Returns what a job is called, such as "Appointments as CSV". */
export function jobName({ dataset, format }: ExportJob, { datasets }: ExportCatalogue): string {
  const name = datasets.find(({ key }) => key === dataset)?.name ?? dataset;
  return text.dataExport.job(name, formatName(format));
}

/** What filters by number stand for: names of rows by their ids, by the name of the filter. */
export type Names = Readonly<Record<string, ReadonlyMap<string, string>>>;

/** Returns which rows a job has, in a few words. */
export function rowsOfJob({ filters }: ExportJob, names: Names): string {
  const parts = Object.entries(filters).map(([name, value]) => names[name]?.get(String(value)) ?? partOf(name, String(value)));
  return parts.length === 0 ? text.dataExport.everything : parts.join(", ");
}

function partOf(name: string, value: string): string {
  if (name === "start_date") return text.dataExport.since(dateInWords(value));
  if (name === "end_date") return text.dataExport.until(dateInWords(value));
  if (name === "updated_since") return text.dataExport.changedSince(dateInWords(value.slice(0, 10)));
  if (value === "true" || value === "false") return yesOrNo(name, value).toLowerCase();
  return `${(text.dataExport.filterNames[name] ?? name).toLowerCase()} ${wordOf(value).toLowerCase()}`;
}

/** A date belongs to no zone: it is the same in each. */
function dateInWords(date: string): string {
  return mediumDate(new Date(`${date}T00:00:00Z`), "UTC");
}

function yesOrNo(name: string, value: string): string {
  if (name === "is_active") return value === "true" ? text.dataExport.activeOnly : text.dataExport.inactiveOnly;
  return value === "true" ? text.dataExport.yes : text.dataExport.no;
}

function wordOf(value: string): string {
  const statuses: Readonly<Record<string, string>> = text.status;
  return statuses[value] ?? value;
}
