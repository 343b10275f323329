import { defineConfig } from "@playwright/test";

import tests from "../playwright.config";

/** `npm run screenshots`: draws every screen of the demo into docs/screenshots/. */
export default defineConfig(tests, { testDir: ".", testIgnore: [], outputDir: "../.results", globalSetup: "../start.ts" });
