import { useEffect, useRef } from "react";

/** Returns a reference to what takes the focus when `change` took away what had it, so that the keyboard goes on there. */
export function useFocusKept<Element extends HTMLElement>(change: unknown) {
  const element = useRef<Element>(null);
  useEffect(() => {
    if (document.activeElement === document.body) element.current?.focus();
  }, [change]);
  return element;
}
