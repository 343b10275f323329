import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** The business whose data `npm run dev` shows, on the server that `make run` starts. */
const business = process.env.BUSINESS_HOST ?? "demo.localhost:8000";

/** The port is asked for on this machine because not every system resolves names below `localhost`. */
const toBusiness = {
  target: process.env.API_URL ?? `http://127.0.0.1:${business.split(":")[1] ?? "80"}`,
  headers: { host: business, origin: `http://${business}` },
};

export default defineConfig(({ command }) => ({
  base: command === "build" ? "/static/dashboard/" : "/",
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: { outDir: "dist/dashboard", emptyOutDir: true, manifest: true, assetsInlineLimit: 0 },
  server: { proxy: { "/api": toBusiness, "/auth-token": toBusiness } },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://demo.localhost:8000" } },
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    css: false,
    mockReset: true,
    testTimeout: 20_000,
  },
}));
