import { screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { renderInside } from "@/testing/render";

import { type Column, DataTable } from "./index";
import { Pager } from "./Pager";

interface Person {
  id: number;
  name: string;
  visits: number;
}

const columns: Column<Person>[] = [
  { key: "name", heading: "Name", cell: ({ name }) => name, isTitle: true, sortBy: "name" },
  { key: "visits", heading: "Visits", cell: ({ visits }) => visits, align: "end" },
];
const people = [
  { id: 1, name: "Ada", visits: 3 },
  { id: 2, name: "Bo", visits: 0 },
];
const table = { caption: "Customers", columns, rowKey: ({ id }: Person) => id };

describe("a table of rows", () => {
  it("has its rows below named columns", () => {
    renderInside(<DataTable {...table} rows={people} />);

    const rows = within(screen.getByRole("table", { name: "Customers" })).getAllByRole("row");
    expect(rows.map((row) => row.textContent)).toEqual(["NameVisits", "Ada3", "Bo0"]);
  });

  it("opens a row from the button in its title", async () => {
    const onOpen = vi.fn();
    const { user } = renderInside(<DataTable {...table} rows={people} onOpen={onOpen} />);

    await user.click(screen.getByRole("button", { name: "Bo" }));

    expect(onOpen).toHaveBeenCalledExactlyOnceWith(people[1]);
  });

  it.each([
    [undefined, "none", "name"],
    ["name", "ascending", "-name"],
    ["-name", "descending", "name"],
  ])("sorts: %s", async (ordering, shown, asked) => {
    const onOrdering = vi.fn();
    const { user } = renderInside(
      <DataTable {...table} rows={people} ordering={ordering} onOrdering={onOrdering} />,
    );
    const heading = screen.getByRole("columnheader", { name: "Name" });

    await user.click(within(heading).getByRole("button"));

    expect(heading).toHaveAttribute("aria-sort", shown);
    expect(onOrdering).toHaveBeenCalledExactlyOnceWith(asked);
    expect(screen.getByRole("columnheader", { name: "Visits" })).not.toHaveAttribute("aria-sort");
  });

  it("is busy until the rows are known, and says what is missing when there are none", () => {
    renderInside(<DataTable {...table} rows={undefined} />);
    expect(screen.getByRole("table").parentElement).toHaveAttribute("aria-busy", "true");

    renderInside(<DataTable {...table} rows={[]} empty={<p>Nobody yet</p>} />);
    expect(screen.getByText("Nobody yet")).toBeVisible();
    expect(screen.getAllByRole("table")).toHaveLength(1);
  });
});

describe("a pager", () => {
  it("says what is shown and leads on", async () => {
    const onPage = vi.fn();
    const { user } = renderInside(<Pager page={2} pageSize={50} count={1204} onPage={onPage} />);

    expect(screen.getByRole("status")).toHaveTextContent("51–100 of 1,204");
    await user.click(screen.getByRole("button", { name: "Previous" }));
    await user.click(screen.getByRole("button", { name: "Next" }));

    expect(onPage.mock.calls).toEqual([[1], [3]]);
  });

  it("ends with the last row", () => {
    renderInside(<Pager page={3} pageSize={50} count={101} onPage={vi.fn()} />);

    expect(screen.getByRole("status")).toHaveTextContent("101–101 of 101");
    expect(screen.getByRole("button", { name: "Next" })).toBeDisabled();
  });
});
