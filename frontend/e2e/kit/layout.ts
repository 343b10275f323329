import type { Page } from "@playwright/test";

const LEAST_TOUCH = 40;
const LEAST_IN_CELL = 24;

/** What sticks out of the window sideways, without being inside of something that scrolls or clips by itself. */
export function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const isContained = (element: Element) => {
      for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
        if (getComputedStyle(around).overflowX !== "visible") return true;
      }
      return getComputedStyle(element).position === "fixed";
    };
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
      const { right, width: own } = element.getBoundingClientRect();
      return own > 0 && right > width + 1 && !isContained(element);
    });
    return document.documentElement.scrollWidth <= width
      ? []
      : wide.map((element) => `${element.tagName} ${element.getAttribute("class") ?? ""} ${element.textContent.slice(0, 40)}`);
  });
}

/**
 * Buttons, fields, tabs and the navigation's links that a finger may miss: those smaller than it, unless the place they
 * react to is larger than they look. Further controls inside a table's cells may be as small as WCAG 2.2 allows, and so may
 * a calendar's entries, which are as tall as they are long.
 */
export function hardToTouch(page: Page): Promise<string[]> {
  return page.evaluate(
    ([least, leastInCell]) => {
      const primary = 'button, select, input:not([type="checkbox"], [type="radio"]), [role="tab"], nav a';
      const isSeen = (element: Element) => {
        const { width, right, bottom } = element.getBoundingClientRect();
        const isDrawn = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        const isHidden = element.closest('[inert], [aria-hidden="true"]') !== null;
        return isDrawn && !isHidden && width > 1 && right > 0 && bottom > 0;
      };
      const reacts = (element: Element, needed: number) => {
        element.scrollIntoView({ block: "center", inline: "center" });
        const { left, top, width, height } = element.getBoundingClientRect();
        const isInField = element.closest(".mantine-Input-wrapper") !== null; // a finger beside it hits the field
        const across = isInField ? 0 : Math.max(0, (needed - width) / 2);
        const down = Math.max(0, (needed - height) / 2);
        const middle = { x: left + width / 2, y: top + height / 2 };
        const edges = [
          { x: left - across + 1, y: middle.y },
          { x: left + width + across - 1, y: middle.y },
          { x: middle.x, y: top - down + 1 },
          { x: middle.x, y: top + height + down - 1 },
        ];
        return edges.every(({ x, y }) => element.contains(document.elementFromPoint(x, y)));
      };
      const small = [...document.querySelectorAll(primary)].filter((element) => {
        const needed = element.closest("td, [data-event-id]") === null ? least : leastInCell;
        const { width, height } = element.getBoundingClientRect();
        const isLarge = width >= needed - 0.5 && height >= needed - 0.5;
        return isSeen(element) && !isLarge && !reacts(element, needed);
      });
      return small.map((element) => {
        const { width, height } = element.getBoundingClientRect();
        const name = element.getAttribute("aria-label") ?? element.textContent;
        return `${element.tagName} "${name.slice(0, 40)}" ${Math.round(width)}×${Math.round(height)}`;
      });
    },
    [LEAST_TOUCH, LEAST_IN_CELL] as const,
  );
}
