import { useLayoutEffect } from "react";

import { type Tones, tonesOf } from "./tones";

const NAMES = { fill: "fill", fillHover: "fill-hover", line: "line", ink: "ink", soft: "soft" } as const satisfies Record<
  keyof Tones,
  string
>;

/** Colours the page in a business's accent while it is shown; without a usable one the product's own stays. */
export function useAccent(hex: string | null | undefined): void {
  useLayoutEffect(() => {
    const tones = hex ? tonesOf(hex) : null;
    if (tones === null) return undefined;
    const { style } = document.documentElement;
    const values = variables(tones);
    for (const [name, value] of values) style.setProperty(name, value);
    return () => {
      for (const [name] of values) style.removeProperty(name);
    };
  }, [hex]);
}

/** theme.css reads these variables and knows what stands in for them. */
function variables(tones: Record<"light" | "dark", Tones>): [string, string][] {
  return (["light", "dark"] as const).flatMap((scheme) =>
    Object.entries(tones[scheme]).map(([tone, value]: [string, string]): [string, string] => [
      `--brand-${NAMES[tone as keyof Tones]}-${scheme}`,
      value,
    ]),
  );
}
