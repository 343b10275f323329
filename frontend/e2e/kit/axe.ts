import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const GRAVE = new Set(["serious", "critical"]);

/**
 * Fails, naming the nodes, where axe finds something serious or critical. `within` and `without` are CSS selectors; what
 * is left out is somebody else's.
 */
export async function axe(page: Page, within?: string, without?: string): Promise<void> {
  await settled(page);
  // In one piece: no screen has frames, and putting a large calendar together from parts takes minutes.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  if (within !== undefined) builder.include(within);
  if (without !== undefined) builder.exclude(without);
  const { violations } = await builder.analyze();
  const grave = violations.filter(({ impact }) => GRAVE.has(impact ?? ""));
  const report = grave.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html, any }) => `${id}: ${help}\n  ${target.join(" ")}\n  ${html.slice(0, 200)}\n  ${any[0]?.message ?? ""}`),
  );
  expect(report.join("\n"), `axe on ${page.url()}`).toBe("");
}

/** Returns when nothing moves and no skeleton is shown: what is half faded in has no contrast yet. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator(".mantine-Skeleton-root[data-visible]:visible")).toHaveCount(0);
  await page.evaluate(async () => {
    const finite = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(finite.map(({ finished }) => finished));
  });
}
