import { useEffect, useId } from "react";

import { type Reach, register, type Shortcut, unregister } from "./registry";

export type { Shortcut } from "./registry";

/**
 * Lets a screen be worked with by single keys while it is shown, and lists them in the dialog that "?" opens. They do
 * not act while somebody types, or while a menu or a dialog is open. The list may be made anew on every render.
 */
export function useShortcuts(shortcuts: readonly Shortcut[], reach: Reach = "screen"): void {
  const id = useId();
  useEffect(() => {
    register(id, shortcuts, reach);
  });
  useEffect(
    () => () => {
      unregister(id);
    },
    [id],
  );
}
