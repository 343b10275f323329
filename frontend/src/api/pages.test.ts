import { expect, it } from "vitest";

import { allRows } from "./pages";

it("reads a list to its last page", async () => {
  const pages = [
    { next: "…?page=2", results: [1, 2] },
    { next: null, results: [3] },
  ];
  const asked: number[] = [];

  const rows = await allRows((number) => {
    asked.push(number);
    return Promise.resolve(pages[number - 1] ?? { next: null, results: [] });
  });

  expect(rows).toEqual([1, 2, 3]);
  expect(asked).toEqual([1, 2]);
});
