import type { CalendarProvider } from "@/api/calendarSync";
import { calendarSync as syncText } from "@/text/calendarSync";

const { kinds, other } = syncText.connecting;

/** Something to connect, as people know it: a service by its name rather than the protocol it speaks. */
export interface Kind {
  key: string;
  provider: CalendarProvider["key"];
  name: string;
  hint: string;
  auth: CalendarProvider["auth"];
  isAvailable: boolean;
  /** The address to start from; empty where it has to be typed, which then looks like `pattern`. */
  url: string;
  pattern: string;
  /** What people have to know: about the address where it has to be typed, else about the password. */
  advice: string;
}

const FIRST = ["google", "microsoft", "icloud", "fastmail", "nextcloud", "caldav", "ics"];
/** What the server calls a CalDAV server that is none of those with a name. */
const NAMELESS = "other";

/** Returns what can be connected, services with a name first. */
export function kindsOf(providers: readonly CalendarProvider[]): Kind[] {
  return providers.flatMap(kindsOfProvider).sort((a, b) => rank(a) - rank(b));
}

function kindsOfProvider({ key, name, auth, is_available: isAvailable, presets }: CalendarProvider): Kind[] {
  const common = { provider: key, auth, isAvailable };
  if (presets.length === 0) return [{ ...common, key, name, hint: hintOf(key), url: "", pattern: "", advice: "" }];
  return presets.map((preset) => {
    const { name: presetName = "", url = "", hint: advice = "" } = preset;
    const isNameless = presetName.toLowerCase() === NAMELESS;
    const kindKey = isNameless ? key : presetName.toLowerCase();
    const place = isExample(url) ? { url: "", pattern: url } : { url, pattern: "" };
    return { ...common, ...place, key: kindKey, name: isNameless ? other : presetName, hint: hintOf(kindKey), advice };
  });
}

/** Whether an address is nobody's (RFC 2606), so that people have to put in their own. */
const isExample = (url: string) => /^https:\/\/[^/]*\.example\//.test(url);

const hintOf = (key: string) => (kinds as Record<string, string>)[key] ?? "";

function rank({ key }: Kind): number {
  const place = FIRST.indexOf(key);
  return place === -1 ? FIRST.length : place;
}
