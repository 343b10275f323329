import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const ROOT = join(import.meta.dirname, "../../..");
const PYTHON = join(ROOT, ".venv/bin/python");

/** The account of the server that `tests/calendar_sync/servers.py` starts. */
export const ACCOUNT = { username: "anna", password: "correct horse" };

/** The port at which the product would speak with a calendar server; undefined for a product that is not ours. */
export const caldavPort = () => process.env.E2E_CALDAV_PORT;

export interface Entry {
  href: string;
  etag: string;
  body: string;
}

/** A calendar server that knows nothing of us, asked with plain HTTP, the way every other program asks. */
export class Radicale {
  readonly url: string;
  readonly #stop: () => Promise<void>;

  private constructor(url: string, stop: () => Promise<void>) {
    this.url = url;
    this.#stop = stop;
  }

  /** Starts it. It stops with the test, and when the test's process ends in whatever way. */
  static async start(port: string): Promise<Radicale> {
    const server = spawn(PYTHON, ["-m", "tests.calendar_sync.serve_radicale", port], {
      cwd: ROOT,
      stdio: ["pipe", "pipe", "inherit"],
    });
    const ended = once(server, "exit");
    const [line] = (await Promise.race([once(createInterface({ input: server.stdout }), "line"), ended])) as unknown[];
    const url = /^ready (\S+)$/.exec(String(line))?.[1];
    if (url === undefined) throw new Error("The calendar server did not start.");
    return new Radicale(url, async () => {
      server.stdin.end();
      await ended;
    });
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  /** Makes a calendar, and returns its path. */
  async makeCalendar(name: string): Promise<string> {
    const path = `/${ACCOUNT.username}/${name.toLowerCase()}/`;
    const body = `<mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop><resourcetype><collection/><C:calendar/></resourcetype><displayname>${name}</displayname></prop></set></mkcol>`;
    await this.#ask("MKCOL", path, { body, type: "application/xml" });
    return path;
  }

  /** Writes an entry, over the one with `etag` or as a new one. */
  async put(href: string, body: string, etag?: string): Promise<void> {
    await this.#ask("PUT", href, { body, type: "text/calendar", ...(etag !== undefined && { etag }) });
  }

  async remove(href: string): Promise<void> {
    await this.#ask("DELETE", href);
  }

  /** The entries of a calendar whose text holds `words`. */
  async entries(calendar: string, words: string): Promise<Entry[]> {
    const listing = await this.#ask("PROPFIND", calendar, { depth: "1" });
    const hrefs = [...(await listing.text()).matchAll(/<(?:\w+:)?href>([^<]+\.ics)</g)].map(([, href = ""]) => href);
    const entries = await Promise.all([...new Set(hrefs)].map((href) => this.get(href)));
    return entries.filter(({ body }) => body.includes(words));
  }

  async get(href: string): Promise<Entry> {
    const answer = await this.#ask("GET", href);
    // Long lines are folded (RFC 5545, section 3.1).
    return { href, etag: answer.headers.get("etag") ?? "", body: (await answer.text()).replace(/\r?\n[ \t]/g, "") };
  }

  async #ask(
    method: string,
    path: string,
    { body, type, etag, depth }: { body?: string; type?: string; etag?: string; depth?: string } = {},
  ): Promise<Response> {
    const headers = {
      Authorization: `Basic ${Buffer.from(`${ACCOUNT.username}:${ACCOUNT.password}`).toString("base64")}`,
      ...(type !== undefined && { "Content-Type": type }),
      ...(etag !== undefined && { "If-Match": etag }),
      ...(depth !== undefined && { Depth: depth }),
    };
    const answer = await fetch(new URL(path, this.url), { method, headers, ...(body !== undefined && { body }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}

/** Returns an instant as iCalendar writes it, such as 20260302T150000Z. */
export const icsTime = (instant: Date) => `${instant.toISOString().replace(/[-:]/g, "").slice(0, 15)}Z`;

/** Returns an event of somebody's that has nothing to do with us. */
export function foreignEvent(uid: string, from: Date, to: Date): string {
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//somebody else//EN",
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `DTSTAMP:${icsTime(from)}`,
    `DTSTART:${icsTime(from)}`,
    `DTEND:${icsTime(to)}`,
    "SUMMARY:Dentist, nobody’s business",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

/** Returns an entry as somebody would leave it who dragged it to another time. */
export function movedTo(body: string, from: Date, to: Date): string {
  return body
    .replace(/^DTSTART.*$/m, `DTSTART:${icsTime(from)}`)
    .replace(/^DTEND.*$/m, `DTEND:${icsTime(to)}`);
}
