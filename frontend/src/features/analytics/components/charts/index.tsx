import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";

import type { BarsProps } from "./bars";

const TimeBars = lazy(async () => ({ default: (await import("./TimeBars")).TimeBars }));

/** Bars side by side. The code that draws them arrives after the figures around them. */
export function Bars(props: BarsProps) {
  return (
    <Suspense fallback={<Skeleton radius={8} style={{ flex: 1 }} />}>
      <TimeBars {...props} />
    </Suspense>
  );
}
