import { pressedKey } from "./keys";

export interface Shortcut {
  /** What is pressed: "n", "?", "mod+k", "ArrowLeft", or two keys one after the other: "g t". */
  key: string;
  /** What it does, as the list of shortcuts says it. */
  label: string;
  run: () => void;
}

/** A screen's own shortcuts come before those that hold everywhere. */
export type Reach = "screen" | "everywhere";

const registered = new Map<string, { shortcuts: readonly Shortcut[]; reach: Reach }>();
const SEQUENCE_MS = 1_200;
const OFF_KEY = "shortcuts-off";
let first: { key: string; at: number } | null = null;

/** Lets shortcuts be pressed, in place of those registered under the same id. */
export function register(id: string, shortcuts: readonly Shortcut[], reach: Reach): void {
  if (registered.size === 0) window.addEventListener("keydown", onKeyDown);
  registered.set(id, { shortcuts, reach });
}

export function unregister(id: string): void {
  registered.delete(id);
  if (registered.size === 0) window.removeEventListener("keydown", onKeyDown);
}

/** Returns the shortcuts that can be pressed at this moment. */
export function shortcutsOf(reach: Reach): Shortcut[] {
  return [...registered.values()].filter((entry) => entry.reach === reach).flatMap(({ shortcuts }) => shortcuts);
}

/** Whether single keys act. Who speaks to the computer, or presses keys by accident, can switch them off. */
export function areSingleKeysOn(): boolean {
  return localStorage.getItem(OFF_KEY) === null;
}

export function switchSingleKeys(isOn: boolean): void {
  if (isOn) localStorage.removeItem(OFF_KEY);
  else localStorage.setItem(OFF_KEY, "1");
}

function onKeyDown(event: KeyboardEvent): void {
  const key = event.isComposing || event.repeat ? undefined : pressedKey(event);
  if (key === undefined || event.defaultPrevented) return;
  if (!key.startsWith("mod+") && (!areSingleKeysOn() || takesKeys(event.target))) return;
  const all = [...shortcutsOf("screen"), ...shortcutsOf("everywhere")];
  const start = first !== null && event.timeStamp - first.at < SEQUENCE_MS ? first.key : null;
  first = null;
  const wanted = start === null ? key : `${start} ${key}`;
  const shortcut = all.find((candidate) => candidate.key === wanted);
  if (shortcut) {
    event.preventDefault();
    shortcut.run();
  } else if (all.some((candidate) => candidate.key.startsWith(`${key} `))) {
    first = { key, at: event.timeStamp };
  }
}

const TAKES_KEYS = [
  "input:not([type=checkbox], [type=radio], [type=button], [type=submit])",
  "textarea",
  "select",
  "[contenteditable]:not([contenteditable=false])",
  "[role=textbox]",
  "[role=combobox]",
  "[role=listbox]",
  "[role=menu]",
  "[role=dialog]",
].join(", ");

/** Whether keys mean something else there: text is typed, a menu is open, or a dialog lies above the screen. */
function takesKeys(target: EventTarget | null): boolean {
  if (target instanceof Element && target.closest(TAKES_KEYS) !== null) return true;
  return document.querySelector("[aria-modal=true]") !== null;
}
