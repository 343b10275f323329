import { expect, settled, test } from "./kit";
import { hardToTouch, sticksOut } from "./kit/layout";
import { addressOfScreen, openScreen, patterns } from "./kit/screens";

for (const place of patterns) {
  test(`${place.name} fits into narrow and wide windows`, async ({ pageOf, sessionOf }) => {
    const address = await addressOfScreen(place, sessionOf);

    await test.step("a phone", async () => {
      const page = await pageOf(place.as, { viewport: { width: 360, height: 800 }, hasTouch: true });
      await openScreen(page, address);
      expect.soft(await sticksOut(page), "sticks out at 360 px").toEqual([]);
      expect.soft(await hardToTouch(page), "smaller than a finger").toEqual([]);
    });

    await test.step("wider windows", async () => {
      const page = await pageOf(place.as, { viewport: { width: 768, height: 1024 } });
      await openScreen(page, address);
      expect.soft(await sticksOut(page), "sticks out at 768 px").toEqual([]);
      await page.setViewportSize({ width: 1440, height: 900 });
      await settled(page);
      expect.soft(await sticksOut(page), "sticks out at 1440 px").toEqual([]);
    });
  });
}
