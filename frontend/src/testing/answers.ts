import { delay, http, HttpResponse } from "msw";

import type { Snapshot } from "@/api/shapes";

import { server } from "./server";

const ENTITLEMENTS = "*/api/entitlements/";

/** Lets the server answer with this snapshot of the plan. */
export function planIs(snapshot: Snapshot): void {
  server.use(http.get(ENTITLEMENTS, () => HttpResponse.json(snapshot)));
}

/** Lets the answer about the plan never come. */
export function planIsPending(): void {
  server.use(
    http.get(ENTITLEMENTS, async () => {
      await delay("infinite");
      return HttpResponse.json();
    }),
  );
}

/** Lets asking for the plan fail. */
export function planFails(): void {
  server.use(
    http.get(ENTITLEMENTS, () => HttpResponse.json({ detail: "Busy.", code: "busy" }, { status: 503 })),
  );
}
