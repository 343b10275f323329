import { offsetAt } from "./zone";

const DAY = 24 * 3_600_000;

/** Returns what clocks of `zone` show at `instant`, as 2026-03-29 14:30:00. */
export function localTimeOf(instant: Date, zone: string): string {
  return written(instant.getTime() + offsetAt(instant, zone));
}

/**
 * Returns the instant at which clocks of `zone` show `local`: the first where they show it twice. What they skip is
 * read as if they had been put forward later, so that 02:30 becomes 03:30.
 */
export function instantOf(local: string, zone: string): Date {
  const asUtc = Date.parse(`${local.replace(" ", "T")}Z`);
  const [before, after] = [-DAY, DAY].map((around) => offsetAt(new Date(asUtc + around), zone)) as [number, number];
  const candidates = [asUtc - Math.max(before, after), asUtc - Math.min(before, after)];
  const found = candidates.find((instant) => instant + offsetAt(new Date(instant), zone) === asUtc);
  return new Date(found ?? asUtc - before);
}

/** Returns a local time moved by whole minutes, as if no clock were ever changed. */
export function shifted(local: string, minutes: number): string {
  return written(Date.parse(`${local.replace(" ", "T")}Z`) + minutes * 60_000);
}

/** Returns how many minutes after midnight a local time shows. */
export function minuteOfDay(local: string): number {
  return Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
}

function written(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}
