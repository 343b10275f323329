import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { describe, expect, it } from "vitest";

import { useUrlState } from "./useUrlState";

const defaults = { page: 1, search: "", status: [] as string[], all: false };

function stateAt(address: string) {
  let router: ReturnType<typeof createMemoryRouter> | undefined;
  const wrapper = ({ children }: { children: ReactNode }) => {
    router ??= createMemoryRouter([{ path: "*", element: children }], { initialEntries: [address] });
    return <RouterProvider router={router} />;
  };
  const shown: { current?: ReturnType<typeof useUrlState<typeof defaults>> } = {};
  function Probe() {
    const state = useUrlState(defaults);
    shown.current = state;
    return null;
  }
  renderHook(() => null, { wrapper: () => wrapper({ children: <Probe /> }) });
  return {
    state: () => shown.current?.[0],
    change: (...changes: Partial<{ page: number; search: string; status: string[]; all: boolean }>[]) =>
      act(() => changes.forEach((changed) => shown.current?.[1](changed))),
    address: () => router?.state.location.search,
  };
}

describe("the state in the address", () => {
  it("is the defaults where the address says nothing", () => {
    expect(stateAt("/").state()).toEqual(defaults);
  });

  it("is read by the types of the defaults, and nonsense is the default", () => {
    expect(stateAt("/?page=3&search=a%20b&status=pending&status=confirmed&all=true").state()).toEqual({
      page: 3,
      search: "a b",
      status: ["pending", "confirmed"],
      all: true,
    });
    expect(stateAt("/?page=x&all=yes").state()).toEqual(defaults);
  });

  it("is written without what is standard, and leaves the rest of the address alone", () => {
    const shown = stateAt("/?other=1&page=3&search=a");

    shown.change({ page: 1, status: ["pending", "no_show"] });

    expect(shown.address()).toBe("?other=1&search=a&status=pending&status=no_show");
    expect(shown.state()).toEqual({ ...defaults, search: "a", status: ["pending", "no_show"] });
  });

  it("takes one change after the other before either is drawn", () => {
    const shown = stateAt("/?page=3");

    shown.change({ page: 1 }, { search: "a" });

    expect(shown.address()).toBe("?search=a");
  });
});
