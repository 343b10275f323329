import { defineConfig } from "@playwright/test";

import { chromium } from "./kit/chromium";

/** The product is started by `start.ts`, unless E2E_BASE_PORT says on which port one runs already. */
export default defineConfig({
  testDir: ".",
  testIgnore: ["**/screenshots/**", "**/speed/**"],
  outputDir: ".results",
  globalSetup: "./start.ts",
  fullyParallel: true,
  workers: Number(process.env.E2E_WORKERS ?? 2),
  retries: 0,
  reporter: "list",
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env.CI !== undefined,
  use: {
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    actionTimeout: 20_000,
    // What the business sees must not depend on where its browser is: screens show the business's own zone.
    timezoneId: "Asia/Tokyo",
    locale: "en-US",
    launchOptions: {
      executablePath: chromium(),
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
    },
  },
});
