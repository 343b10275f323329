import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { settled, test } from "../kit";
import type { BackOffice } from "../kit/back-office";
import { toWebp } from "./webp";

const FOLDER = join(import.meta.dirname, "../../../docs/screenshots");

/** Pages of the back office, and how to get there. */
const PAGES: Record<string, (office: BackOffice) => Promise<void>> = {
  "back-office": async ({ page }) => {
    await page.goto("/admin/");
  },
  "back-office-plan": async (office) => {
    await office.openPlan("Free");
    await office.page.locator("#plan-matrix").evaluate((matrix) => matrix.scrollIntoView());
  },
  "back-office-plan-preview": async (office) => {
    await office.openPlan("Professional");
    await office.page.getByRole("checkbox", { name: "Advanced Analytics" }).uncheck();
    await office.page.getByRole("spinbutton", { name: "Resources" }).fill("5");
    await office.page.getByRole("button", { name: "Save", exact: true }).click();
    await office.page.getByRole("button", { name: "Save the plan" }).waitFor();
  },
  "back-office-business": async (office) => {
    await office.openBusiness("Willow & Sage Salon");
  },
};

for (const [name, open] of Object.entries(PAGES)) {
  test(name, async ({ browser, office }) => {
    await mkdir(FOLDER, { recursive: true });
    await open(office);
    await settled(office.page);
    const picture = await office.page.screenshot({ animations: "disabled", caret: "hide" });
    await writeFile(join(FOLDER, `${name}-1440.webp`), await toWebp(browser, picture));
  });
}
