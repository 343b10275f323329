/** What the address of the list says; empty means any. */
export const defaults = { page: 1, ordering: "name", search: "", tag: "", active: "true", new: false };

export type State = typeof defaults;

export const PAGE_SIZE = 25;

/** What the API is asked for a page of the list. */
export interface CustomersFilter {
  page: number;
  page_size: number;
  ordering: string;
  search?: string;
  tag?: string;
  is_active?: "true" | "false";
}

export function filterOf({ page, ordering, search, tag, active }: State): CustomersFilter {
  return {
    page,
    page_size: PAGE_SIZE,
    ordering,
    ...(search && { search }),
    ...(tag && { tag }),
    ...((active === "true" || active === "false") && { is_active: active }),
  };
}

/** Tells whether the list is narrowed by more than leaving out the inactive. */
export function isNarrowed({ search, tag, active }: State): boolean {
  return search !== "" || tag !== "" || active === "false";
}
