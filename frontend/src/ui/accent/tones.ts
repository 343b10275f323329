import { contrast, mix, readHex, type Rgb, toHex } from "./contrast";

/** The colours made of one accent for one of the colour schemes. */
export interface Tones {
  /** Behind white text. */
  fill: string;
  fillHover: string;
  /** Lines, outlines, and marks of graphics. */
  line: string;
  /** Text on surfaces and on the soft tone. */
  ink: string;
  /** Behind what is chosen. */
  soft: string;
}

/** What text needs (WCAG 2.2, 1.4.3), and what lines and marks need (1.4.11). */
export const TEXT_CONTRAST = 4.5;
export const LINE_CONTRAST = 3;
/** A filled button has to stand out from what it lies on, too. */
const FILL_CONTRAST = 2;

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** The surface of theme.css (--rail in light, --surface in dark) with which text has the least contrast. */
const GROUND = { light: [243, 246, 245], dark: [24, 30, 28] } as const satisfies Record<string, Rgb>;

/** Returns what a business's accent becomes in light and in dark, readable in both; null for what is no colour. */
export function tonesOf(hex: string): { light: Tones; dark: Tones } | null {
  const accent = readHex(hex);
  return accent && { light: lightTones(accent), dark: darkTones(accent) };
}

function lightTones(accent: Rgb): Tones {
  const fill = towards(BLACK, accent, (colour) => contrast(colour, WHITE) >= TEXT_CONTRAST);
  const soft = mix(accent, WHITE, 0.12);
  const ink = towards(BLACK, accent, (colour) => readable(colour, GROUND.light, soft));
  return written({ fill, fillHover: mix(fill, BLACK, 0.86), line: fill, ink, soft });
}

function darkTones(accent: Rgb): Tones {
  const visible = towards(WHITE, accent, (colour) => contrast(colour, GROUND.dark) >= FILL_CONTRAST);
  const fill = towards(BLACK, visible, (colour) => contrast(colour, WHITE) >= TEXT_CONTRAST);
  const soft = mix(visible, GROUND.dark, 0.22);
  const ink = towards(WHITE, accent, (colour) => readable(colour, GROUND.dark, soft));
  const line = towards(WHITE, accent, (colour) => contrast(colour, GROUND.dark) >= LINE_CONTRAST);
  return written({ fill, fillHover: mix(fill, BLACK, 0.86), line, ink, soft });
}

const readable = (colour: Rgb, ...grounds: Rgb[]) =>
  grounds.every((ground) => contrast(colour, ground) >= TEXT_CONTRAST);

const STEPS = 50;

/** Mixes `colour` with as little of `end` as suffices; `end` itself always does. */
function towards(end: Rgb, colour: Rgb, suffices: (colour: Rgb) => boolean): Rgb {
  for (let step = 0; step < STEPS; step += 1) {
    const mixed = mix(end, colour, step / STEPS);
    if (suffices(mixed)) return mixed;
  }
  return end;
}

function written(tones: Record<keyof Tones, Rgb>): Tones {
  const { fill, fillHover, line, ink, soft } = tones;
  return { fill: toHex(fill), fillHover: toHex(fillHover), line: toHex(line), ink: toHex(ink), soft: toHex(soft) };
}
