/** The colours offered for resources: apart from each other in the calendar, light and dark. */
export const palette = {
  petrol: "#0f766e",
  blue: "#2f6fb3",
  indigo: "#5b6cff",
  violet: "#8b5cb8",
  pink: "#c2528b",
  rust: "#c8553d",
  amber: "#c98a1b",
  sage: "#7c9a72",
  green: "#4d7c3a",
  grey: "#6b7280",
} as const;

export type ColorName = keyof typeof palette;

const entries = Object.entries(palette) as [ColorName, string][];

/** Returns the name of an offered colour, undefined for any other. */
export function nameOfColor(color: string): ColorName | undefined {
  return entries.find(([, offered]) => offered === color.toLowerCase())?.[0];
}

/** Returns the first offered colour that the fewest of `used` have. */
export function leastUsedColor(used: readonly string[]): string {
  const timesUsed = (color: string) => used.filter((other) => other.toLowerCase() === color).length;
  return entries.map(([, color]) => color).reduce((best, color) => (timesUsed(color) < timesUsed(best) ? color : best));
}
