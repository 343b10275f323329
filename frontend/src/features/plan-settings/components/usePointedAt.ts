import { useEffect, useRef } from "react";

/** Brings the element an address points at into view, and the focus with it. */
export function usePointedAt<Element extends HTMLElement>(isPointedAt: boolean) {
  const element = useRef<Element>(null);
  useEffect(() => {
    if (!isPointedAt) return;
    element.current?.scrollIntoView({ block: "center" });
    element.current?.focus({ preventScroll: true });
  }, [isPointedAt]);
  return element;
}
