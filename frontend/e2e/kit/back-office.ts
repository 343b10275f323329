import { expect, type Locator, type Page } from "@playwright/test";

import { PASSWORD, people, type Person, PLATFORM_ADMIN } from "./people";

export interface OwnBusiness {
  name: string;
  subdomain: string;
  /** Its owner, who owns the clinic too. */
  owner: Person;
}

/** Gives e-mail address and password, and returns when the back office is open or asks for more. */
export async function signInToBackOffice(page: Page, email: string = PLATFORM_ADMIN): Promise<void> {
  await page.goto("/admin/login/");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).not.toHaveURL(/\/login\//);
}

/** What platform admins do. What it makes has a name nobody else has, and is put out of use when the test is over. */
export class BackOffice {
  readonly page: Page;
  readonly #businesses: OwnBusiness[] = [];
  readonly #plans: string[] = [];

  constructor(page: Page) {
    this.page = page;
  }

  /** Fills in the order of a new business and sends it; it is built in the background. */
  async order(plan = "Free"): Promise<OwnBusiness> {
    const subdomain = `own-${crypto.randomUUID().slice(0, 8)}`;
    const business = { name: `Studio ${subdomain}`, subdomain, owner: { ...people.clinicOwner, business: subdomain } };
    await this.page.goto("/admin/platform_admin/tenantbuild/add/");
    await this.page.getByLabel("Name:").fill(business.name);
    await this.page.getByLabel("Subdomain:").fill(subdomain);
    await this.page.getByLabel("Time zone:").selectOption("Europe/Berlin");
    await this.page.getByLabel("Plan:").selectOption({ label: plan });
    await this.page.getByLabel("Owner's e-mail address:").fill(business.owner.email);
    await this.page.getByRole("button", { name: "Create business" }).click();
    this.#businesses.push(business);
    return business;
  }

  /** Returns a new business, once it is ready. */
  async business(plan = "Free"): Promise<OwnBusiness> {
    const business = await this.order(plan);
    await expect(this.page.getByRole("status")).toHaveText(`${business.name} is ready.`, { timeout: 60_000 });
    return business;
  }

  /** Opens the page of a business, by way of the list. */
  async openBusiness(name: string): Promise<void> {
    await this.page.goto(`/admin/core/tenant/?${new URLSearchParams({ q: name }).toString()}`);
    await this.page.getByRole("table").getByRole("link", { name }).click();
    await expect(this.page.getByRole("heading", { level: 2, name: "What it may, and why" })).toBeVisible();
  }

  /** Puts a business on a plan, unless it is on it. */
  async putOnPlan(business: string, plan: string): Promise<void> {
    await this.openBusiness(business);
    await this.page.getByRole("link", { name: "Change plan" }).click();
    await this.page.getByLabel("Plan:").selectOption({ label: plan });
    await this.page.getByRole("button", { name: "Show what changes" }).click();
    const confirm = this.page.getByRole("button", { name: `Put it on ${plan}` });
    await expect(confirm.or(this.page.getByText("That is the plan it has."))).toBeVisible();
    if (!(await confirm.isVisible())) return;
    await confirm.click();
    await expect(this.page.getByText(`${business} is now on the plan ${plan}.`)).toBeVisible();
  }

  async openPlan(name: string): Promise<void> {
    await this.page.goto("/admin/platform_admin/subscriptionplan/");
    await this.page.getByRole("table").getByRole("link", { name, exact: true }).click();
    await expect(this.page.getByRole("heading", { level: 2, name: "What it includes" })).toBeVisible();
  }

  /** Duplicates the free plan, and returns the copy's name; its form is open. */
  async plan(): Promise<string> {
    const code = `own-${crypto.randomUUID().slice(0, 8)}`;
    const name = `Plan ${code}`;
    await this.openPlan("Free");
    await this.page.getByRole("button", { name: "Duplicate" }).click();
    await expect(this.page.getByText(/ was made\. Nobody can choose it until it is public\.$/)).toBeVisible();
    await this.page.getByLabel("Name:").fill(name);
    await this.page.getByLabel("Code:").fill(code);
    await this.save();
    this.#plans.push(name);
    return name;
  }

  /** Saves the form that is open and stays on it. */
  async save(): Promise<void> {
    await this.page.getByRole("button", { name: "Save and continue editing" }).click();
    await expect(this.said(/ was changed successfully/)).toBeVisible();
  }

  /** What the back office says at the top of the page. */
  said(words: RegExp | string): Locator {
    return this.page.locator(".messagelist").getByText(words);
  }

  async archive(plan: string, reason: string): Promise<void> {
    await this.openPlan(plan);
    await this.page.getByRole("link", { name: "Archive" }).click();
    await this.page.getByLabel("Reason:").fill(reason);
    await this.page.getByRole("button", { name: "Archive" }).click();
    await expect(this.said(`${plan} is archived.`)).toBeVisible();
  }

  /** Fills in what is asked before a business is deleted, except its name. */
  async askToDelete(name: string, reason: string): Promise<void> {
    await this.openBusiness(name);
    await this.page.getByRole("link", { name: "Delete", exact: true }).click();
    await this.page.getByLabel("Reason:").fill(reason);
    await this.page.getByLabel("Delete at once").check();
    const evenActive = this.page.getByLabel("Delete it although it is not suspended");
    if (await evenActive.isVisible()) await evenActive.check();
  }

  /** Sends the deletion, with what is typed as the name of the schema. */
  async confirmDeletion(schema: string): Promise<void> {
    await this.page.getByLabel("Schema name:").fill(schema);
    await this.page.getByRole("button", { name: "Delete this business" }).click();
  }

  /** The business is gone already, or needs no more looking after. */
  forget(business: OwnBusiness): void {
    this.#businesses.splice(this.#businesses.indexOf(business), 1);
  }

  /** Puts what was made out of use: businesses are deleted in the background, plans are archived. */
  async clear(): Promise<void> {
    for (const { name, subdomain } of this.#businesses) {
      await this.askToDelete(name, "The test is over.");
      await this.confirmDeletion(schemaOf(subdomain));
      await expect(this.page).toHaveURL(/\/tenantdeletion\//);
    }
    for (const plan of this.#plans) await this.archive(plan, "The test is over.");
  }
}

export function schemaOf(subdomain: string): string {
  return subdomain.replaceAll("-", "_");
}
