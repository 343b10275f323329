/**
 * Writes what was pressed as shortcuts are written: "n", "?", "ArrowLeft", "shift+ArrowLeft", "mod+k". `mod` is ⌘ on a
 * Mac and Ctrl elsewhere. Undefined for a key that only modifies others, and for Alt, which types characters on a Mac.
 */
export function pressedKey(event: KeyboardEvent, isMac = isOnMac()): string | undefined {
  if (event.altKey || ["Shift", "Control", "Meta", "Alt", "CapsLock", "Dead"].includes(event.key)) return undefined;
  const isMod = isMac ? event.metaKey : event.ctrlKey;
  if ((event.metaKey || event.ctrlKey) && !isMod) return undefined;
  const isLetter = /^\p{L}$/u.test(event.key);
  const key = isLetter ? event.key.toLowerCase() : event.key === " " ? "Space" : event.key;
  // Which characters need Shift depends on the keyboard: "?" is "?" however it was typed.
  const isShifted = event.shiftKey && (isLetter || key.length > 1);
  return [isMod && "mod", isShifted && "shift", key].filter(Boolean).join("+");
}

const SIGNS: Record<string, string> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  shift: "⇧",
  Enter: "↵",
  Escape: "Esc",
};

/** Returns what is printed on the keys of a shortcut, one list for each press: "g t" is [["G"], ["T"]]. */
export function keyCaps(shortcut: string, isMac = isOnMac()): string[][] {
  const cap = (key: string) => (key === "mod" ? (isMac ? "⌘" : "Ctrl") : (SIGNS[key] ?? upper(key)));
  return shortcut.split(" ").map((press) => press.split("+").map(cap));
}

const upper = (key: string) => (key.length === 1 ? key.toUpperCase() : key);

function isOnMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
