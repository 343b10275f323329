import type { Page } from "@playwright/test";

/** What a page has asked of the API: the network log, reduced to methods and paths. */
export class RequestLog {
  readonly #lines: string[] = [];

  constructor(page: Page) {
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith("/api/")) this.#lines.push(`${request.method()} ${pathname}`);
    });
  }

  /** Every call so far, in order, as `GET /api/session/`. */
  get all(): readonly string[] {
    return this.#lines;
  }

  /** The calls whose path begins with `path`. */
  to(path: string): string[] {
    return this.#lines.filter((line) => line.split(" ")[1]?.startsWith(path));
  }

  forget(): void {
    this.#lines.length = 0;
  }
}
