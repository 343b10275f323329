import type { Page } from "@playwright/test";

/** How long the browser took from an input to the next paint, in ms, by what was done. */
export type Durations = Map<string, number[]>;

/** What the DOM's types know of event timing lacks the id that joins the events of one interaction. */
interface Interaction extends PerformanceEntry {
  interactionId: number;
}

declare global {
  interface Window {
    slowestEvents: Map<number, number>;
    eventObserver: PerformanceObserver;
  }
}

/** Lets pages opened from now on note the duration of every interaction, as the event timing API tells it. */
export async function observeInteractions(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.slowestEvents = new Map();
    const note = (entries: PerformanceEntryList) => {
      for (const { interactionId, duration } of entries as Interaction[]) {
        if (interactionId > 0) {
          window.slowestEvents.set(interactionId, Math.max(duration, window.slowestEvents.get(interactionId) ?? 0));
        }
      }
    };
    window.eventObserver = new PerformanceObserver((list) => note(list.getEntries()));
    window.eventObserver.observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });
}

/**
 * Returns the duration of the slowest interaction since the last call. The browser reports none below 16 ms; they
 * count as 16.
 */
export function slowestInteraction(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    await painted();
    await painted();
    const slowest = Math.max(16, ...window.slowestEvents.values());
    window.slowestEvents.clear();
    return slowest;
  });
}

export function median(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.floor(ordered.length / 2)] ?? 0;
}
