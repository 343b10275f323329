import { useEffect, useState } from "react";

import { ApiError } from "@/api/api-error";

/** Returns how many seconds the server still asks to wait before trying again; 0 when it may be tried now. */
export function useWait(error: Error | null): number {
  const wait = error instanceof ApiError ? error.wait : null;
  const [nowMs, setNowMs] = useState(0);
  const isWaiting = wait !== null && nowMs < wait.untilMs;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(() => {
      setNowMs(Date.now());
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, [isWaiting]);
  return isWaiting ? Math.ceil((wait.untilMs - Math.max(nowMs, wait.fromMs)) / 1000) : 0;
}
