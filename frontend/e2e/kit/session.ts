import type { BrowserContextOptions } from "@playwright/test";
import createClient, { type Client } from "openapi-fetch";

import type { paths } from "@/api/schema";

import { addressOf, hostOf } from "./addresses";
import { fetchLoopback } from "./loopback";
import { PASSWORD, type Person } from "./people";

export type Api = Client<paths>;
export type StorageState = Exclude<BrowserContextOptions["storageState"], string | undefined>;

/** Somebody signed in: for calls of the API, and for the pages of a browser. */
export interface Session {
  /** Typed by the API's description. A call that is refused throws what the server said, unless it is let through. */
  api: Api;
  storageState: StorageState;
}

/** Signs in as the dashboard does. */
export async function signIn({ business, email }: Person): Promise<Session> {
  const cookies = new Map<string, string>();
  const api = createClient<paths>({
    baseUrl: addressOf(business),
    fetch: (request) => throughCookies(cookies, request),
  });
  api.use({
    async onResponse({ request, response }) {
      if (response.ok) return;
      throw new Error(`${request.method} ${request.url}: ${response.status} ${await response.clone().text()}`);
    },
  });
  await api.GET("/api/session/");
  await api.POST("/api/session/", { body: { email, password: PASSWORD } });
  return { api, storageState: stateOf(cookies, hostOf(business)) };
}

async function throughCookies(cookies: Map<string, string>, request: Request): Promise<Response> {
  request.headers.set("Cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
  request.headers.set("X-CSRFToken", cookies.get("csrftoken") ?? "");
  const response = await fetchLoopback(request);
  for (const cookie of response.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    cookies.set(name, value);
  }
  return response;
}

function stateOf(cookies: ReadonlyMap<string, string>, host: string): StorageState {
  const [domain = host] = host.split(":");
  const common = { domain, path: "/", expires: -1, secure: false, sameSite: "Lax" as const };
  return {
    cookies: [...cookies].map(([name, value]) => ({ ...common, name, value, httpOnly: name === "sessionid" })),
    origins: [],
  };
}
