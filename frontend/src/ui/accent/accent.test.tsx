import { renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { useAccent } from ".";
import { contrast, readHex, type Rgb } from "./contrast";
import { LINE_CONTRAST, TEXT_CONTRAST, tonesOf } from "./tones";

const WHITE: Rgb = [255, 255, 255];
const SURFACES = { light: ["#ffffff", "#fafbfb", "#f3f6f5"], dark: ["#181e1c", "#111615", "#0d1211"] };

const colour = (hex: string): Rgb => readHex(hex) ?? WHITE;
const between = (a: string, b: string) => contrast(colour(a), colour(b));

/** Colours all around the circle, from dark to light, dull and vivid, and the greys. */
const accents = [0, 51, 102, 153, 204, 255].flatMap((red) =>
  [0, 51, 102, 153, 204, 255].flatMap((green) =>
    [0, 51, 102, 153, 204, 255].map(
      (blue) => `#${[red, green, blue].map((value) => value.toString(16).padStart(2, "0")).join("")}`,
    ),
  ),
);

describe("contrast", () => {
  it("is what WCAG says it is", () => {
    expect(between("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(between("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
    expect(between("#ffffff", "#777777")).toBe(between("#777777", "#ffffff"));
    expect(between("#0f635b", "#0f635b")).toBe(1);
  });

  it.each(["", "red", "#fff", "#12345", "#1234567", "url(x)", "#12345g"])("%j is no colour", (hex) => {
    expect(readHex(hex)).toBeNull();
    expect(tonesOf(hex)).toBeNull();
  });
});

describe("the tones of an accent", () => {
  it.each(["light", "dark"] as const)("are readable in %s, whatever the accent", (scheme) => {
    for (const accent of accents) {
      const tones = tonesOf(accent);
      if (tones === null) throw new Error(accent);
      const { fill, fillHover, ink, line, soft } = tones[scheme];
      const told = (ground: string, tone: string, least: number) => [accent, ground, between(tone, ground) >= least];
      for (const ground of [...SURFACES[scheme], soft]) {
        expect(told(ground, ink, TEXT_CONTRAST)).toEqual([accent, ground, true]);
      }
      for (const ground of SURFACES[scheme]) {
        expect(told(ground, line, LINE_CONTRAST)).toEqual([accent, ground, true]);
        expect(told(ground, fill, 2)).toEqual([accent, ground, true]);
      }
      for (const ground of [fill, fillHover]) {
        expect(told(ground, "#ffffff", TEXT_CONTRAST)).toEqual([accent, ground, true]);
      }
    }
  });

  it("leave an accent alone that is readable as it is", () => {
    expect(tonesOf("#0f635b")?.light).toMatchObject({ fill: "#0f635b", ink: "#0f635b", line: "#0f635b" });
  });
});

describe("useAccent", () => {
  const filled = () => document.documentElement.style.getPropertyValue("--brand-fill-light");

  it("colours the page while it is shown, and follows a change", () => {
    const { rerender, unmount } = renderHook(({ hex }: { hex: string }) => useAccent(hex), {
      initialProps: { hex: "#0f635b" },
    });
    expect(filled()).toBe("#0f635b");

    rerender({ hex: "#28508f" });
    expect(filled()).toBe("#28508f");

    rerender({ hex: "" });
    expect(filled()).toBe("");

    rerender({ hex: "#28508f" });
    unmount();
    expect(filled()).toBe("");
  });

  it("leaves the page alone for what is no colour", () => {
    renderHook(() => useAccent("javascript:1"));

    expect(filled()).toBe("");
  });
});
