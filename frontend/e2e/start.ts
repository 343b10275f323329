import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const ROOT = join(import.meta.dirname, "../..");
const PAGE = join(ROOT, "frontend/dist/dashboard/index.html");
const PYTHON = join(ROOT, ".venv/bin/python");

/**
 * Starts the product with a database of its own and leaves its port in E2E_BASE_PORT, and in E2E_CALDAV_PORT the one at
 * which it would speak with a calendar server on this machine; returns what stops it. It stops when its standard input is
 * closed, so it outlives nobody: neither Ctrl-C nor a killed test run leaves it behind.
 */
export default async function start(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.E2E_BASE_PORT) return undefined;
  for (const needed of [PAGE, PYTHON]) {
    if (!existsSync(needed)) throw new Error(`${needed} is missing. \`make test-browser\` prepares everything.`);
  }
  const product = spawn(PYTHON, ["-m", "tests.product"], {
    cwd: ROOT,
    stdio: ["pipe", "pipe", "inherit"],
    detached: true, // Ctrl-C is for this process, which asks once
  });
  const ended = once(product, "exit");
  const lines = createInterface({ input: product.stdout });
  const [line] = (await Promise.race([once(lines, "line"), ended])) as unknown[];
  const [, port, caldavPort] = /^ready (\d+) (\d+)$/.exec(String(line)) ?? [];
  if (port === undefined) throw new Error("The product did not start.");
  process.env.E2E_BASE_PORT = port;
  process.env.E2E_CALDAV_PORT = caldavPort;
  return async () => {
    product.stdin.end();
    await ended;
  };
}
