const DAY = 24 * 3_600_000;

/** A calendar day of a zone: its date (2026-03-29), and the instants it starts and the next one starts. */
export interface Day {
  date: string;
  startAt: Date;
  endAt: Date;
}

/** Returns the day of `zone` that holds `instant`; days on which clocks change have 23 or 25 hours. */
export function dayOf(instant: Date, zone: string): Day {
  return dayOn(dateIn(instant, zone), zone);
}

/** Returns the day of `zone` with a date, such as 2026-03-29. */
export function dayOn(date: string, zone: string): Day {
  return { date, startAt: startOf(date, zone), endAt: startOf(dayAfter(date), zone) };
}

/** Returns how far the clocks of `zone` are ahead of UTC at `instant`, in milliseconds. */
export function offsetAt(instant: Date, zone: string): number {
  const wholeSecond = Math.floor(instant.getTime() / 1000) * 1000;
  return Date.parse(`${wallClock(new Date(wholeSecond), zone)}Z`) - wholeSecond;
}

/** Returns the date clocks of `zone` show at `instant`, as 2026-03-29. */
export function dateIn(instant: Date, zone: string): string {
  return wallClock(instant, zone).slice(0, 10);
}

/**
 * Returns the first instant of a date. Midnight may not exist there, or twice: of the instants that could be it, by the
 * offsets in force around it, the earliest that lies on the date is the one.
 */
function startOf(date: string, zone: string): Date {
  const midnightInUtc = Date.parse(`${date}T00:00:00Z`);
  const offsets = [-DAY, DAY].map((around) => offsetAt(new Date(midnightInUtc + around), zone));
  const candidates = offsets
    .map((offset) => midnightInUtc - offset)
    .sort((a, b) => a - b)
    .map((instant) => new Date(instant));
  return candidates.find((candidate) => dateIn(candidate, zone) === date) ?? new Date(midnightInUtc);
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
}

function wallClock(instant: Date, zone: string): string {
  const parts = new Map(clockOf(zone).formatToParts(instant).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  clocks.set(zone, clock);
  return clock;
}
