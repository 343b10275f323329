import { useLocalStorage } from "@mantine/hooks";
import { useLayoutEffect } from "react";

export type Density = "comfortable" | "compact";

const KEY = "density";

/** How close rows stand, remembered in this browser. */
export function useDensity() {
  return useLocalStorage<Density>({
    key: KEY,
    defaultValue: "comfortable",
    getInitialValueInEffect: false,
    deserialize: (value) => (value === "compact" ? value : "comfortable"),
    serialize: (value) => value,
  });
}

/** Tells style sheets, by `data-density` on the root element. */
export function useDensityOnRoot(): void {
  const [density] = useDensity();
  useLayoutEffect(() => {
    document.documentElement.dataset.density = density;
    return () => {
      delete document.documentElement.dataset.density;
    };
  }, [density]);
}
