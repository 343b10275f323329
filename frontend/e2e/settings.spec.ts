import type { Page } from "@playwright/test";

import { addressOf, expect, people, test } from "./kit";
import { fetchLoopback } from "./kit/loopback";

const named = (kind: string) => `${kind} ${crypto.randomUUID().slice(0, 8)}`;

/** Asks the salon's API as a program does, and returns the status of the answer. */
async function statusWith(token: string, method = "GET"): Promise<number> {
  const headers = { Authorization: `Token ${token}` };
  return (await fetchLoopback(new Request(`${addressOf("demo")}/api/services/`, { method, headers }))).status;
}

/** Creates a token that reads, and returns its secret. */
async function createToken(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name: "New token" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("button", { name: "Create token" }).click();
  const secret = await page.getByRole("textbox", { name: `Token “${name}”` }).inputValue();
  await page.getByRole("button", { name: "Copy token" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  return secret;
}

test.describe("API tokens", () => {
  test("one works until it is revoked, and its secret is shown once", async ({ ownerPage: page, axe }) => {
    const name = named("Till");
    await page.goto("/settings/api-tokens");
    const secret = await createToken(page, name);
    expect(secret).toMatch(/^sst_/);

    expect(await statusWith(secret)).toBe(200);
    expect(await statusWith(secret, "POST"), "it only reads").toBe(403);

    await page.reload();
    const row = page.getByRole("row", { name: new RegExp(name) });
    await expect(row).toContainText("Read");
    await expect(row, "that it was used just now").not.toContainText("Not yet");
    expect(await page.content()).not.toContain(secret);
    await axe(page);

    await row.getByRole("button", { name: `Revoke ${name}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke token" }).click();
    await expect(page.getByText(`${name} is revoked`)).toBeVisible();
    await expect(row).toHaveCount(0);
    expect(await statusWith(secret)).toBe(401);
  });

  test("on the free plan none is created, and the way is shown", async ({ freeOwnerPage: page }) => {
    await page.goto("/settings/api-tokens");
    await expect(page.getByRole("main").getByText(/^API Access comes with/).first()).toBeVisible();

    await page.getByRole("button", { name: "New token" }).press("Enter");

    await expect(page.getByRole("link", { name: "How to upgrade" }).last()).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Name" })).toHaveCount(0);
  });
});

test.describe("the team", () => {
  test("somebody is invited, and the invitation is revoked", async ({ ownerPage: page, axe }) => {
    const email = `${named("kim").replace(" ", ".")}@example.com`;
    await page.goto("/settings/team");
    await page.getByRole("button", { name: "Invite" }).click();
    await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
    await page.getByRole("radio", { name: "Manager" }).check();
    await axe(page);
    await page.getByRole("button", { name: "Send invitation" }).click();
    await expect(page.getByText(`Invitation sent to ${email}`)).toBeVisible();

    await page.reload();
    const row = page.getByRole("row", { name: new RegExp(email) });
    await expect(row).toContainText("Manager");
    await row.getByRole("button", { name: `Send again to ${email}` }).click();
    await expect(page.getByText(`A new link is on its way to ${email}`)).toBeVisible();

    await row.getByRole("button", { name: `Revoke the invitation of ${email}` }).click();
    await expect(page.getByText(`The invitation of ${email} is revoked`)).toBeVisible();
    await expect(row).toHaveCount(0);
  });

  test("a manager finds no way to owners; staff are told who looks after the team", async ({
    managerPage,
    staffPage,
  }) => {
    await managerPage.goto("/settings/team");
    const owner = managerPage.getByRole("row", { name: new RegExp(people.owner.email) });
    await expect(owner).toContainText("Owner");
    await expect(owner.getByRole("combobox")).toHaveCount(0);
    await expect(owner.getByRole("button")).toHaveCount(0);

    await staffPage.goto("/settings/team");
    await expect(staffPage.getByText("The team is looked after by managers")).toBeVisible();
  });
});

test.describe("the plan", () => {
  test("an owner asks for another one, and thinks better of it", async ({ pageOf, axe }) => {
    const page = await pageOf(people.clinicOwner);
    await page.goto("/settings/plan");
    const less = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Professional" }) });
    await expect(less.getByText(/^You would lose .*White Labeling/)).toBeVisible();
    await less.getByRole("button", { name: "Ask for Professional" }).click();
    await page.getByRole("dialog").getByRole("textbox").fill("We grew smaller.");
    await page.getByRole("dialog").getByRole("button", { name: "Ask for this plan" }).click();
    await expect(page.getByText("You asked for Professional", { exact: true })).toBeVisible();

    await page.reload();
    await expect(page.getByText(/^You asked for Professional on /)).toBeVisible();
    await expect(less.getByText("Requested")).toBeVisible();
    await expect(page.getByRole("button", { name: /^Ask for/ })).toHaveCount(0);
    await axe(page);

    await page.getByRole("button", { name: "Withdraw the request for Professional" }).click();
    await expect(page.getByText("You no longer ask for Professional")).toBeVisible();
    await expect(less.getByRole("button", { name: "Ask for Professional" })).toBeVisible();
  });

  test("staff see the plans, and ask an owner", async ({ staffPage: page }) => {
    await page.goto("/settings/plan");

    await expect(page.getByRole("heading", { level: 3, name: "Business" })).toBeVisible();
    await expect(page.getByText(/^Ask an owner of .* if you need another plan\./)).toBeVisible();
    await expect(page.getByRole("button", { name: /^Ask for/ })).toHaveCount(0);
  });
});

test("people change their own name, and how close rows stand", async ({ pageOf }) => {
  const page = await pageOf(people.clinicOwner);
  await page.goto("/settings/profile");
  const name = page.getByRole("textbox", { name: "Name" });
  const before = await name.inputValue();
  await name.fill(`${before} the Second`);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your name is saved")).toBeVisible();
  await expect(page.getByRole("button", { name: `Account of ${before} the Second` })).toBeVisible();
  await name.fill(before);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: new RegExp(`Account of\\s*${before}\\s*Owner`) })).toBeVisible();

  await page.getByText("Compact", { exact: true }).click();
  await page.goto("/settings/api-tokens");

  await expect(page.locator("html")).toHaveAttribute("data-density", "compact");
});
