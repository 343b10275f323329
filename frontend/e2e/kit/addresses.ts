/** The demo's businesses, by the first label of their address. */
export type Business = "demo" | "clinic" | "starter";

/** Returns the port of the product that is tested. */
export function port(): string {
  const found = process.env.E2E_BASE_PORT;
  if (found === undefined) throw new Error("E2E_BASE_PORT is not set; start.ts sets it.");
  return found;
}

/** Returns the host, with its port, of a business; without one, of the platform. Chromium finds it by itself. */
export function hostOf(business?: Business): string {
  return business === undefined ? `localhost:${port()}` : `${business}.localhost:${port()}`;
}

export function addressOf(business?: Business): string {
  return `http://${hostOf(business)}`;
}
