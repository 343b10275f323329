import { test as base, type BrowserContextOptions, type Page } from "@playwright/test";

import { addressOf } from "./addresses";
import { axe } from "./axe";
import { BackOffice, signInToBackOffice } from "./back-office";
import { people, type Person } from "./people";
import { RequestLog } from "./request-log";
import { Scene } from "./scene";
import { type Api, type Session, signIn } from "./session";

type SessionOf = (person: Person) => Promise<Session>;
type PageOf = (person: Person | null, options?: PageOptions) => Promise<Page>;

interface PageOptions extends BrowserContextOptions {
  /** Where a page without a person is; null is the platform's address. */
  at?: string | null;
}

interface Kit {
  /** Opens a page of its own for somebody, signed in; for null, signed in as nobody. */
  pageOf: PageOf;
  ownerPage: Page;
  managerPage: Page;
  staffPage: Page;
  freeOwnerPage: Page;
  freeStaffPage: Page;
  platformAdminPage: Page;
  /** What platform admins do, on `platformAdminPage`; businesses and plans of the test's own. */
  office: BackOffice;
  /** The API, as the salon's owner. */
  api: Api;
  /** Rows of the test's own in the salon. */
  scene: Scene;
  /** What the page has asked of the API since now: `const asked = requests(page)`. */
  requests: (page: Page) => RequestLog;
  axe: typeof axe;
}

interface WorkerKit {
  /** Somebody's session, made once in a worker. Do not sign it out: sign in anew with `signIn` for that. */
  sessionOf: SessionOf;
  platformAdminState: Session["storageState"];
}

export const test = base.extend<Kit, WorkerKit>({
  sessionOf: [
    async ({}, give) => {
      const sessions = new Map<string, Promise<Session>>();
      await give((person) => {
        const key = `${person.business} ${person.email}`;
        const session = sessions.get(key) ?? signIn(person);
        sessions.set(key, session);
        return session;
      });
    },
    { scope: "worker" },
  ],
  platformAdminState: [
    async ({ browser }, give) => {
      const page = await browser.newPage({ baseURL: addressOf() });
      await signInToBackOffice(page);
      await give(await page.context().storageState());
      await page.close();
    },
    { scope: "worker" },
  ],

  pageOf: async ({ browser, sessionOf }, give) => {
    const opened: Page[] = [];
    const problems: string[] = [];
    await give(async (person, { at = "demo", ...options } = {}) => {
      const context = await browser.newContext({
        baseURL: addressOf(person?.business ?? at ?? undefined),
        ...(person && { storageState: (await sessionOf(person)).storageState }),
        ...options,
      });
      const page = await context.newPage();
      watch(page, problems);
      opened.push(page);
      return page;
    });
    for (const page of opened) await page.context().close();
    base.expect(problems, "errors in the pages").toEqual([]);
  },
  ownerPage: async ({ pageOf }, give) => give(await pageOf(people.owner)),
  managerPage: async ({ pageOf }, give) => give(await pageOf(people.manager)),
  staffPage: async ({ pageOf }, give) => give(await pageOf(people.staff)),
  freeOwnerPage: async ({ pageOf }, give) => give(await pageOf(people.freeOwner)),
  freeStaffPage: async ({ pageOf }, give) => give(await pageOf(people.freeStaff)),
  platformAdminPage: async ({ pageOf, platformAdminState }, give) =>
    give(await pageOf(null, { at: null, storageState: platformAdminState })),
  office: async ({ platformAdminPage }, give) => {
    const office = new BackOffice(platformAdminPage);
    await give(office);
    await office.clear();
  },

  api: async ({ sessionOf }, give) => give((await sessionOf(people.owner)).api),
  scene: async ({ api }, give) => {
    const scene = new Scene(api);
    await give(scene);
    await scene.clear();
  },
  requests: async ({}, give) => give((page) => new RequestLog(page)),
  axe: async ({}, give) => give(axe),
});

/** Notes what goes wrong in a page without being seen: exceptions, React's complaints, what the CSP refused. */
function watch(page: Page, problems: string[]): void {
  page.on("pageerror", (error) => problems.push(String(error.stack ?? error)));
  page.on("console", (message) => {
    const isAnswer = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isAnswer) problems.push(message.text());
  });
}

export { expect } from "@playwright/test";
export { addressOf, hostOf } from "./addresses";
export { axe, settled } from "./axe";
export { PASSWORD, people } from "./people";
export { found, type Scene } from "./scene";
export { signIn } from "./session";
