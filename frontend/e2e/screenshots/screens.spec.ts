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

/** `/settings/plan` becomes `settings-plan`, `/resources/:resourceId` `resources-one`, `?view=week` `…-week`. */
function nameOf({ path, as }: Place): string {
  const [plain = "", search] = path.split("?");
  const view = new URLSearchParams(search).get("view");
  const parts = plain.replace(/\/:\w+/g, "/one").split("/").filter(Boolean);
  return [...(parts.length > 0 ? parts : ["today"]), view, as === people.freeOwner && "free"].filter(Boolean).join("-");
}

for (const place of patterns) {
  const name = nameOf(place);
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
