import { describe, expect, it } from "vitest";

import type { ExportCatalogue } from "@/api/shapes";

import { choiceOf, downloadPath, orderOf, searchOf } from "./choice";

const catalogue: ExportCatalogue = {
  formats: ["csv", "json"],
  datasets: [
    {
      key: "appointments",
      name: "Appointments",
      summary: "",
      schema_version: 1,
      columns: ["id", "start_at", "status"].map((name) => ({ name, type: "text", summary: "" })),
      filters: [
        { name: "start_date", type: "first_date", summary: "", choices: [] },
        { name: "updated_since", type: "timestamp", summary: "", choices: [] },
        { name: "status", type: "choice", summary: "", choices: ["completed"] },
        { name: "service_id", type: "integer", summary: "", choices: [] },
      ],
    },
  ],
};

function choose(search: string) {
  const choice = choiceOf(new URLSearchParams(search), catalogue);
  if (choice === null) throw new Error("nothing to choose");
  return choice;
}

describe("the choice of an export", () => {
  it("is everything of the first dataset when the address says nothing", () => {
    expect(downloadPath(choose(""))).toBe("/api/export/appointments/?format=csv");
    expect(orderOf(choose(""))).toEqual({ dataset: "appointments", format: "csv", filters: {} });
  });

  it("comes back from the address it is kept in", () => {
    const choice = choose("start_date=2026-03-01&status=completed&service_id=7&fields=status,id&bom=1");

    expect(choiceOf(new URLSearchParams(searchOf(choice)), catalogue)).toEqual(choice);
    expect(orderOf(choice)).toEqual({
      dataset: "appointments",
      format: "csv",
      filters: { start_date: "2026-03-01", status: "completed", service_id: "7" },
      fields: ["id", "status"],
      bom: true,
    });
  });

  it("leaves out what cannot mean anything", () => {
    const { filters, fields, format, bom } = choose(
      "dataset=secrets&format=json&bom=1&start_date=soon&status=lost&service_id=-1&other=1&fields=password",
    );

    expect({ filters, fields, format, bom }).toEqual({ filters: {}, fields: [], format: "json", bom: false });
  });

  it("knows moments by their date, and all columns as none left out", () => {
    const { filters, fields } = choose("updated_since=2026-03-01T00:00:00&fields=id,start_at,status");

    expect({ filters, fields }).toEqual({ filters: { updated_since: "2026-03-01" }, fields: [] });
  });
});
