import { type IncomingHttpHeaders, request as httpRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";

/**
 * `fetch` for addresses below `localhost`. Browsers know that these are this machine; the system's resolver, which Node
 * and Playwright ask, does not everywhere.
 */
export async function fetchLoopback(request: Request): Promise<Response> {
  const { hostname, host, port, pathname, search } = new URL(request.url);
  if (hostname !== "localhost" && !hostname.endsWith(".localhost")) throw new Error(`${hostname} is not this machine`);
  const body = Buffer.from(await request.arrayBuffer());
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { ...Object.fromEntries(request.headers), host, "content-length": body.length };
    const sent = httpRequest({ host: "127.0.0.1", port, path: pathname + search, method: request.method, headers });
    sent.on("response", resolve).on("error", reject).end(body);
  });
  const content = await buffer(answer);
  const status = answer.statusCode ?? 500;
  const isEmpty = status === 204 || status === 304;
  return new Response(isEmpty ? null : content, { status, headers: headersOf(answer.headers) });
}

function headersOf(found: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(found)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  return headers;
}
