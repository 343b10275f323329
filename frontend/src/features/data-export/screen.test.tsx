import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { ExportCatalogue, ExportJob } from "@/api/shapes";
import { planIs } from "@/testing/answers";
import { snapshotWith, viewerAs } from "@/testing/fixtures";
import { page } from "@/testing/handlers";
import { renderInside } from "@/testing/render";
import { server } from "@/testing/server";

import { Component as DataExport } from "./screen";

const included = snapshotWith({
  features: { can_export_data: { name: "Data Export", summary: "", allowed: true, source: "plan", upgrade: null } },
});
const locked = snapshotWith({
  features: {
    can_export_data: {
      name: "Data Export",
      summary: "",
      allowed: false,
      source: "plan",
      upgrade: { plan: "professional", name: "Professional", url: "/settings/plan?feature=can_export_data" },
    },
  },
});

const column = (name: string) => ({ name, type: "text" as const, summary: `The ${name}.` });
const catalogue: ExportCatalogue = {
  formats: ["csv", "json", "ndjson", "xlsx"],
  datasets: [
    {
      key: "appointments",
      name: "Appointments",
      summary: "Every appointment.",
      schema_version: 1,
      columns: ["id", "start_at", "status"].map(column),
      filters: [
        { name: "start_date", type: "first_date", summary: "first local date", choices: [] },
        { name: "status", type: "choice", summary: "one status", choices: ["completed", "cancelled"] },
      ],
    },
    {
      key: "customers",
      name: "Customers",
      summary: "Everyone.",
      schema_version: 1,
      columns: ["id", "name"].map(column),
      filters: [{ name: "is_active", type: "boolean", summary: "active or not", choices: [] }],
    },
  ],
};

const SHA256 = "2d0562aa0c4f5d1f3b0e7f2f7a64d9ffb6ad4a1b4b4f7b6f8a7c7a1e9d3cbbbb";
const DOWNLOAD = "http://demo.localhost:8000/api/export/files/token/";

function jobWith(parts: Partial<ExportJob> = {}): ExportJob {
  return {
    id: "0195f3a2-6c1e-7d3b-9a51-2f0c6f6f2b11",
    dataset: "appointments",
    format: "csv",
    filters: { start_date: "2026-01-01" },
    fields: ["id", "start_at", "status"],
    since: null,
    bom: false,
    state: "succeeded",
    attempts: 1,
    rows: 1204,
    rows_expected: 1204,
    percent: 100,
    size_bytes: 1_230_000,
    sha256: SHA256,
    cursor: "",
    problem: null,
    requested_by: "owner@example.com",
    created_at: "2026-03-02T10:00:00-05:00",
    started_at: null,
    finished_at: null,
    expires_at: "2026-03-09T10:00:00-05:00",
    download_url: DOWNLOAD,
    manifest_url: `${DOWNLOAD}manifest/`,
    ...parts,
  };
}

const noFile = { download_url: null, manifest_url: null };
const running = jobWith({ state: "running", rows: 300, percent: 25, sha256: "", ...noFile });

/** Lets the list of jobs answer with each of `states` in turn, the last one from then on. */
function jobsAre(...states: ExportJob[][]) {
  let asked = 0;
  server.use(
    http.get("*/api/export/jobs/", () => {
      const jobs = states[Math.min(asked, states.length - 1)] ?? [];
      asked += 1;
      return HttpResponse.json(page(jobs));
    }),
  );
}

function appointmentsCount(count: number) {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get("*/api/appointments/", ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return HttpResponse.json({ ...page([]), count });
    }),
  );
  return asked;
}

const download = () => screen.findByRole("link", { name: "Download now" });

describe("Data export", () => {
  beforeEach(() => {
    planIs(included);
    jobsAre([]);
    appointmentsCount(1204);
    server.use(
      http.get("*/api/services/", () => HttpResponse.json(page([]))),
      http.get("*/api/export/", () => HttpResponse.json(catalogue)),
    );
  });

  it("counts the rows and links to the file, by what the address says", async () => {
    const asked = appointmentsCount(37);

    renderInside(<DataExport />, { at: "/?status=completed&start_date=2026-03-02&fields=id,status&format=json" });

    expect(await screen.findByText("37 rows")).toBeVisible();
    expect(asked[0]?.toString()).toBe("start_after=2026-03-02T05%3A00%3A00.000Z&status=completed&page_size=1");
    expect(await download()).toHaveAttribute(
      "href",
      "/api/export/appointments/?format=json&start_date=2026-03-02&status=completed&fields=id%2Cstatus",
    );
    expect(screen.getByText("2 of 3 columns")).toBeVisible();
  });

  it("keeps the choice in the address", async () => {
    server.use(http.get("*/api/customers/", () => HttpResponse.json({ ...page([]), count: 1 })));
    const { user, router } = renderInside(<DataExport />);

    await user.click(await screen.findByRole("radio", { name: "Customers" }));
    await user.click(screen.getByRole("radio", { name: "Excel" }));

    expect(router.state.location.search).toBe("?dataset=customers&format=xlsx");
    expect(await screen.findByText("1 row")).toBeVisible();
    expect(await download()).toHaveAttribute("href", "/api/export/customers/?format=xlsx");
  });

  it("leaves columns out, but never the last one", async () => {
    const { user } = renderInside(<DataExport />);
    await user.click(await screen.findByRole("button", { name: "Choose columns" }));

    await user.click(screen.getByRole("checkbox", { name: "id" }));
    await user.click(screen.getByRole("checkbox", { name: "start_at" }));

    expect(await download()).toHaveAttribute("href", "/api/export/appointments/?format=csv&fields=status");
    expect(screen.getByRole("checkbox", { name: "status" })).toBeDisabled();
    await user.click(screen.getByRole("button", { name: "Select all" }));
    expect(await download()).toHaveAttribute("href", "/api/export/appointments/?format=csv");
  });

  it("says why a download is refused", async () => {
    const refusal = { detail: "Too much at once.", code: "too_large" };
    server.use(
      http.head("*/api/export/appointments/", () => new HttpResponse(null, { status: 409 })),
      http.get("*/api/export/appointments/", () => HttpResponse.json(refusal, { status: 409 })),
    );
    const { user } = renderInside(<DataExport />);
    const link = await download();
    link.addEventListener("click", (event) => event.preventDefault());

    await user.click(link);

    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("The export cannot be madeToo much at once.");
  });

  it("prepares an export, watches it, and offers the file once it is written", async () => {
    const ordered = vi.fn();
    jobsAre([], [running], [jobWith()]);
    server.use(
      http.post("*/api/export/jobs/", async ({ request }) => {
        ordered(await request.json());
        return HttpResponse.json(running, { status: 202 });
      }),
    );
    const { user } = renderInside(<DataExport />, { at: "/?start_date=2026-01-01&bom=1" });
    expect(await screen.findByText("Nothing prepared yet")).toBeVisible();

    await user.click(screen.getByRole("button", { name: "Prepare in the background" }));

    expect(await screen.findByRole("progressbar", { name: "Progress of Appointments as CSV" })).toHaveAttribute(
      "aria-valuenow",
      "25",
    );
    expect(screen.getByText("300 of 1,204 rows")).toBeVisible();
    expect(ordered).toHaveBeenCalledExactlyOnceWith({
      dataset: "appointments",
      format: "csv",
      filters: { start_date: "2026-01-01" },
      bom: true,
    });
    const link = await screen.findByRole("link", { name: /^Download Appointments as CSV, ordered/ });
    expect(link).toHaveAttribute("href", DOWNLOAD);
    expect(screen.getByText("Appointments as CSV is ready: 1,204 rows.")).toBeInTheDocument();
    expect(screen.getByText("1.2 MB")).toBeVisible();
    expect(screen.queryByRole("progressbar")).toBeNull();
  });

  it("shows what is wrong with a filter at its field", async () => {
    const problem = { detail: "No.", code: "invalid", errors: { status: ["Use one of completed, cancelled."] } };
    server.use(http.post("*/api/export/jobs/", () => HttpResponse.json(problem, { status: 400 })));
    const { user } = renderInside(<DataExport />);

    await user.click(await screen.findByRole("button", { name: "Prepare in the background" }));

    expect(await screen.findByText("Use one of completed, cancelled.")).toBeVisible();
    expect(screen.getByLabelText("Status", { selector: "input" })).toBeInvalid();
  });

  it("says why a job failed, and that one is tried again", async () => {
    const problem = { code: "worker_lost", detail: "The worker was stopped." };
    const failed = jobWith({ id: "2", state: "failed", problem, ...noFile });
    jobsAre([{ ...running, attempts: 2, problem }, failed]);

    renderInside(<DataExport />);

    const list = await screen.findByRole("list", { name: "Prepared exports" });
    const [first, second] = within(list).getAllByRole("listitem");
    expect(first).toHaveTextContent("Interrupted. This is attempt 2. The worker was stopped.");
    expect(second).toHaveTextContent("Failed");
    expect(second).toHaveTextContent("The worker was stopped.");
  });

  it("copies the checksum, and removes a file once asked", async () => {
    const removed = vi.fn();
    jobsAre([jobWith()]);
    server.use(
      http.delete("*/api/export/jobs/:id/", ({ params }) => {
        removed(params.id);
        jobsAre([jobWith({ state: "expired", ...noFile })]);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = renderInside(<DataExport />);
    await user.click(await screen.findByRole("button", { name: "Copy SHA-256" }));
    expect(await navigator.clipboard.readText()).toBe(SHA256);

    await user.click(screen.getByRole("button", { name: /^More for Appointments as CSV/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Remove the file" }));
    expect(removed).not.toHaveBeenCalled();
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Remove the file" }));

    await waitFor(() => {
      expect(removed).toHaveBeenCalledExactlyOnceWith(jobWith().id);
    });
    expect(await screen.findByText("File removed")).toBeVisible();
    expect(screen.queryByRole("link", { name: /^Download Appointments/ })).toBeNull();
  });

  it("asks for nothing where the plan lacks it", async () => {
    const asked = vi.fn();
    planIs(locked);
    server.use(
      http.all("*/api/export/*", asked),
      http.all("*/api/appointments/", asked),
      http.all("*/api/services/", asked),
    );

    renderInside(<DataExport />);

    expect(await screen.findByText("Data Export comes with Professional")).toBeVisible();
    expect(screen.queryByRole("radio")).toBeNull();
    expect(asked).not.toHaveBeenCalled();
  });

  it("tells staff whom to ask", () => {
    renderInside(<DataExport />, { viewer: viewerAs("staff") });

    expect(screen.getByText("Ask a manager or owner of Bright Smiles for the rows you need.")).toBeVisible();
  });
});
