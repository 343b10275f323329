import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

type Color = [number, number, number];
type Matrix = [Color, Color, Color];

/** What is left of colours for those who lack one kind of cones (Machado, Oliveira and Fernandes 2009, severity 1). */
const sights: Record<string, Matrix> = {
  common: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** About five differences that can just be noticed, in OKLab. */
const FAR_APART = 0.1;
/** WCAG 2.2, 1.4.11: contrast of what has a meaning. */
const LEAST_CONTRAST = 3;

const [light, dark] = blocksOf("src/ui/ChartCard/colors.css");
const [lightTheme, darkTheme] = blocksOf("src/ui/theme.css");

describe.each([
  ["light", light, lightTheme],
  ["dark", dark, darkTheme],
])("the colours of charts, %s", (_, block, theme) => {
  const colors = colorsOf(block, /--chart-([\w-]+): (#[\da-f]{6})/g);
  const surface = colorsOf(theme, /--(surface): (#[\da-f]{3,6})/g).surface;

  it("are one for each outcome", () => {
    expect(Object.keys(colors)).toEqual(["completed", "confirmed", "pending", "cancelled", "no-show"]);
  });

  it.each(Object.keys(colors))("stand out from the card: %s", (name) => {
    expect(contrast(colors[name] ?? [0, 0, 0], surface ?? [0, 0, 0])).toBeGreaterThanOrEqual(LEAST_CONTRAST);
  });

  it.each(Object.keys(sights))("are told apart with %s", (name) => {
    const seen = Object.entries(colors).map(([key, color]) => [key, seenWith(sights[name], color)] as const);
    const close = seen.flatMap(([one, a], position) =>
      seen.slice(position + 1).flatMap(([other, b]) => (distance(a, b) < FAR_APART ? [`${one} and ${other}`] : [])),
    );
    expect(close).toEqual([]);
  });
});

/** Returns the declarations of the first rule of a stylesheet, and of the one for dark colours. */
function blocksOf(path: string): [string, string] {
  const [first = "", second = ""] = [...readFileSync(path, "utf8").matchAll(/:root[^{]*\{([^}]*)\}/g)].map(
    ([, declarations = ""]) => declarations,
  );
  return [first, second];
}

function colorsOf(block: string, pattern: RegExp): Record<string, Color> {
  const found = [...block.matchAll(pattern)].map(([, name = "", hex = ""]): [string, Color] => [name, linear(hex)]);
  return Object.fromEntries(found);
}

function linear(hex: string): Color {
  const digits = hex.length === 4 ? hex.slice(1).replace(/./g, "$&$&") : hex.slice(1);
  const part = (position: number) => {
    const value = Number.parseInt(digits.slice(position, position + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(0), part(2), part(4)];
}

function contrast(a: Color, b: Color): number {
  const luminance = ([red, green, blue]: Color) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}

function seenWith(matrix: Matrix | undefined, color: Color): Color {
  return oklab(times(matrix, color).map((value) => Math.min(1, Math.max(0, value))) as Color);
}

function oklab(color: Color): Color {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    color,
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones.map(Math.cbrt) as Color,
  );
}

function times(matrix: Matrix | undefined, [x, y, z]: Color): Color {
  return (matrix ?? []).map(([a, b, c]) => a * x + b * y + c * z) as Color;
}

function distance([a, b, c]: Color, [x, y, z]: Color): number {
  return Math.hypot(a - x, b - y, c - z);
}
