import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { people, settled, test } from "../kit";
import { addressOfScreen, openScreen, patterns, type Place } from "../kit/screens";
import { toWebp } from "./webp";

const FOLDER = join(import.meta.dirname, "../../../docs/screenshots");

const LOOKS = [
  { width: 360, height: 800, colorScheme: "light" },
  { width: 768, height: 1024, colorScheme: "light" },
  { width: 1440, height: 900, colorScheme: "light" },
  { width: 1440, height: 900, colorScheme: "dark" },
] as const;

/** What the free plan makes of a screen, and the ones that need nobody. */
const PLACES: readonly (Place & { name?: string })[] = [
  ...patterns,
  { path: "/", as: people.freeOwner, name: "today-free" },
  { path: "/analytics", as: people.freeOwner, name: "analytics-locked" },
  { path: "/settings/plan", as: people.freeOwner, name: "settings-plan-free" },
];

/** `/settings/plan` becomes `settings-plan`, `/resources/:resourceId` `resources-one`, `?view=week` `-week`. */
function nameOf(path: string): string {
  const [plain = "", search] = path.split("?");
  const view = new URLSearchParams(search).get("view");
  return [...plain.replace(/\/:\w+/g, "/one").split("/").filter(Boolean), ...(view ? [view] : [])].join("-") || "today";
}

for (const place of PLACES) {
  const name = place.name ?? nameOf(place.path);
  test(name, async ({ browser, pageOf, sessionOf }) => {
    await mkdir(FOLDER, { recursive: true });
    const address = await addressOfScreen(place, sessionOf);
    for (const { width, height, colorScheme } of LOOKS) {
      const page = await pageOf(place.as, { viewport: { width, height }, hasTouch: width < 768, colorScheme });
      await openScreen(page, address);
      await page.waitForLoadState("networkidle");
      await settled(page);
      const dark = colorScheme === "dark" ? "-dark" : "";
      const picture = await page.screenshot({ animations: "disabled", caret: "hide" });
      await writeFile(join(FOLDER, `${name}-${width}${dark}.webp`), await toWebp(browser, picture));
      await page.context().close();
    }
  });
}
