import type { ReactNode } from "react";

/** Something that can be chosen in the palette. */
export interface Entry {
  id: string;
  label: string;
  detail?: string;
  icon: ReactNode;
  /** What it is found by besides its label. */
  words?: string;
  /** The shortcut that does the same. */
  shortcut?: string | undefined;
  isLocked?: boolean;
  run: () => void;
}

export interface Group {
  heading: string;
  entries: Entry[];
}

/** Returns what holds every word of `term`, those whose label begins with it first; empty groups are left out. */
export function matching(groups: readonly Group[], term: string): Group[] {
  const words = term.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .map(({ heading, entries }) => ({ heading, entries: best(entries, words) }))
    .filter(({ entries }) => entries.length > 0);
}

function best(entries: readonly Entry[], words: readonly string[]): Entry[] {
  const [first] = words;
  const found = entries.filter((entry) => words.every((word) => haystack(entry).includes(word)));
  if (first === undefined) return found;
  const rank = ({ label }: Entry) => (label.toLowerCase().startsWith(first) ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b));
}

const haystack = ({ label, words = "" }: Entry) => `${label} ${words}`.toLowerCase();
