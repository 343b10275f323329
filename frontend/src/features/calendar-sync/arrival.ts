import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";

/** What somebody comes to the screen with: an account to look at, or why one could not be connected. */
export interface Arrival {
  connection: string | null;
  error: string | null;
}

const NAMES = ["connection", "error"] as const;

/** Returns what the address says when the screen is opened, and takes it out of the address: it is true just once. */
export function useArrival(): Arrival {
  const [params, setParams] = useSearchParams();
  const [arrival] = useState<Arrival>(() => ({ connection: params.get("connection"), error: params.get("error") }));
  const isSaid = NAMES.some((name) => params.has(name));
  useEffect(() => {
    if (!isSaid) return;
    setParams(
      (now) => {
        for (const name of NAMES) now.delete(name);
        return now;
      },
      { replace: true, preventScrollReset: true },
    );
  }, [isSaid, setParams]);
  return arrival;
}
