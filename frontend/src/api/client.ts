import createClient, { type Middleware } from "openapi-fetch";

import { text } from "@/text";

import { ApiError } from "./api-error";
import { csrfToken } from "./csrf";
import type { paths } from "./schema";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

const session: Middleware = {
  onRequest({ request }) {
    if (!SAFE_METHODS.has(request.method)) request.headers.set("X-CSRFToken", csrfToken());
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await ApiError.from(response);
  },
  onError({ request }) {
    return request.signal.aborted ? undefined : ApiError.unreachable();
  },
};

/** The API of the business whose address this page has. A call gives its `data` or rejects with ApiError. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  fetch: (request) => fetch(request),
});
api.use(session);

/** Returns the body of a call that answers with one. */
export async function bodyOf<Body>(call: Promise<{ data?: Body }>): Promise<Body> {
  const { data } = await call;
  if (data === undefined) throw new ApiError({ status: 0, code: "unexpected", detail: text.errors.unexpected });
  return data;
}
