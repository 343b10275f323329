import { defineConfig } from "@playwright/test";

import tests from "../playwright.config";

/** `npm run speed`: measures a full calendar and writes docs/performance-dashboard.md. */
export default defineConfig(tests, {
  testDir: ".",
  testIgnore: [],
  outputDir: "../.results",
  globalSetup: "../start.ts",
  timeout: 600_000,
  use: { trace: "off" },
});
