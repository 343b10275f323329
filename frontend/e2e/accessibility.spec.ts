import type { Page } from "@playwright/test";

import { axe, expect, test } from "./kit";
import type { Scene } from "./kit/scene";
import { addressOfScreen, openScreen, patterns } from "./kit/screens";

/** Looks at what is shown in light and in dark. */
async function axeInBoth(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await test.step(colorScheme, async () => {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
      await axe(page);
    });
  }
}

for (const place of patterns) {
  test(`${place.name} has nothing serious`, async ({ pageOf, sessionOf }) => {
    const page = await pageOf(place.as);

    await openScreen(page, await addressOfScreen(place, sessionOf));

    await axeInBoth(page);
  });
}

type Opening = (page: Page, scene: Scene) => Promise<void>;

/** What lies over a screen, and how to get there. */
const overlays: Record<string, Opening> = {
  "the booking dialog": async (page, scene) => {
    const { service } = await scene.bookable();
    await openScreen(page, "/appointments");
    await page.getByRole("main").getByRole("button", { name: "New appointment" }).click();
    await page.getByRole("combobox", { name: "Service" }).fill(service.name);
    await page.getByRole("option", { name: service.name }).click();
  },
  "an appointment": async (page, scene) => {
    const booking = await scene.bookable();
    await scene.appointment(booking);
    await openScreen(page, `/appointments?${new URLSearchParams({ search: booking.customer.name }).toString()}`);
    await page.getByRole("table").getByText(booking.customer.name).click();
  },
  "the palette": async (page) => {
    await openScreen(page, "/");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("a");
  },
  "the list of shortcuts": async (page) => {
    await openScreen(page, "/");
    await page.keyboard.press("?");
  },
  "the menu of a narrow window": async (page) => {
    await page.setViewportSize({ width: 360, height: 800 });
    await openScreen(page, "/");
    await page.getByRole("button", { name: "More", exact: true }).click();
  },
};

for (const [name, open] of Object.entries(overlays)) {
  test(`${name} has nothing serious`, async ({ ownerPage, scene }) => {
    await open(ownerPage, scene);
    await expect(ownerPage.getByRole("dialog")).toBeVisible();

    await axeInBoth(ownerPage);
  });
}
