import { type KeyboardEvent, useState } from "react";

import type { Entry } from "./entries";

/** Keeps which entry Enter would open. It is the first one unless another was moved to and is still there. */
export function useActive(entries: readonly Entry[], onOpen: (entry: Entry) => void) {
  const [wanted, setActive] = useState<string | null>(null);
  const found = entries.findIndex(({ id }) => id === wanted);
  const position = Math.max(found, 0);
  const active = entries[position];
  const move = (to: number) => {
    setActive(entries[(to + entries.length) % entries.length]?.id ?? null);
  };
  const moves: Record<string, () => void> = {
    ArrowDown: () => move(position + 1),
    ArrowUp: () => move(position - 1),
    Enter: () => {
      if (active) onOpen(active);
    },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.nativeEvent.isComposing ? undefined : moves[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return { active, setActive, onKeyDown };
}
