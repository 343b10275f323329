import { expect, type Page } from "@playwright/test";

import { screens } from "@/app/screens";
import { paths } from "@/paths";
import { text } from "@/text";

import { settled } from "./axe";
import { people, type Person } from "./people";
import type { Session } from "./session";

export interface Place {
  /** What the place is called in the names of tests. */
  name: string;
  path: string;
  /** Who looks at it; null is somebody who has not signed in. */
  as: Person | null;
}

const ENTRANCES = [paths.signIn, `${paths.acceptInvitation}?token=unknown`];

/** The calendar is four screens in one. */
const FURTHER = ["week", "month", "agenda"].map((view) => `${paths.calendar}?view=${view}`);

/** What a plan that locks much, and whose quotas are nearly used, makes of these says more than elsewhere. */
const CHANGED_BY_PLAN = [paths.today, paths.resources, paths.services, paths.team, paths.plan, paths.analytics];

/** Every screen of the build, as its router knows it: a new one is here unedited. */
export const patterns: readonly Place[] = [
  ...ENTRANCES.map((path) => ({ name: path, path, as: null })),
  ...[...screens.map(({ path }) => path), ...FURTHER].map((path) => ({ name: path, path, as: people.owner })),
  ...CHANGED_BY_PLAN.map((path) => ({ name: `${path} on the free plan`, path, as: people.freeOwner })),
];

/** Goes to a screen, and returns when it is all there. Fails where it broke, or is not part of the build. */
export async function openScreen(page: Page, address: string): Promise<void> {
  await page.goto(address);
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toBeVisible();
  await expect(heading).not.toHaveText([text.errors.notFoundHeading]);
  await expect(heading).not.toHaveText([text.errors.crashHeading]);
  await settled(page);
}

/**
 * Returns an address of the screen: `/resources/:resourceId` of the first row that the API lists at `/api/resources/`.
 */
export async function addressOfScreen({ path, as }: Place, sessionOf: (person: Person) => Promise<Session>) {
  const [collection, parameter] = path.split("/:");
  if (as === null || collection === undefined || parameter === undefined) return path;
  const { api } = await sessionOf(as);
  const { data } = await api.GET(`/api${collection}/` as "/api/resources/");
  const [row] = data?.results ?? [];
  if (row === undefined) throw new Error(`/api${collection}/ lists nothing to open ${path} with`);
  return `${collection}/${row.id}`;
}
