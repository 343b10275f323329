import { useEffect, useRef } from "react";

/** Scrolls a grid to where a page of it begins to matter, each time another page is shown. */
export function useStartScroll(page: string, left: number) {
  const viewport = useRef<HTMLDivElement>(null);
  const wanted = useRef(left);
  useEffect(() => {
    wanted.current = left;
  });
  useEffect(() => {
    if (viewport.current) viewport.current.scrollLeft = wanted.current;
  }, [page]);
  return viewport;
}
