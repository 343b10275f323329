/** Returns the port of the product that is tested. */
export function port(): string {
  const found = process.env.E2E_BASE_PORT;
  if (found === undefined) throw new Error("E2E_BASE_PORT is not set; start.ts sets it.");
  return found;
}

/**
 * Returns the host, with its port, of a business, such as the demo's `demo`, `clinic` and `starter`; without one, of the
 * platform. Chromium finds it by itself.
 */
export function hostOf(business?: string): string {
  return business === undefined ? `localhost:${port()}` : `${business}.localhost:${port()}`;
}

export function addressOf(business?: string): string {
  return `http://${hostOf(business)}`;
}
