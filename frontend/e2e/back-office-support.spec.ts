import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";

import { addressOf, expect, found, people, test } from "./kit";
import { type BackOffice, signInToBackOffice } from "./kit/back-office";
import { sticksOut } from "./kit/layout";

const ADMIN = "admin@platform.example";
const SALON = "Willow & Sage Salon";
const STEP_SECONDS = 30;
/** Named by a picture alone; the template is Django's. */
const DJANGOS_SEARCH = "#searchbar";

/** Asks to act as a member of a business, for a reason. */
async function actAs(office: BackOffice, business: string, email: string, reason: string): Promise<void> {
  const { page } = office;
  await office.openBusiness(business);
  await page.getByRole("row", { name: email }).getByRole("link", { name: "Act as …" }).click();
  await page.getByLabel("Reason:").fill(reason);
  await page.getByRole("button", { name: /^Act as/ }).click();
}

test.describe("support", () => {
  test("acts in a member's place, for a reason that the owner reads", async ({ office, scene, api, ownerPage }) => {
    const { page } = office;
    const reason = `They asked about ${scene.name("booking")}`;
    const booking = await scene.bookable();
    const appointment = await scene.appointment(booking);
    await actAs(office, SALON, people.manager.email, reason);
    await page.waitForURL(`${addressOf("demo")}/**`);
    const banner = page.getByRole("complementary", { name: "Support access" });
    await expect(banner).toContainText("of SmoothSchedule acts as Helen Park");
    await expect(banner).toContainText(reason);
    await expect(banner).toContainText(/\d+ minutes left/);

    const search = new URLSearchParams({ search: booking.customer.name }).toString();
    await page.goto(`${addressOf("demo")}/appointments?${search}`);
    await page.getByRole("table").getByText(booking.customer.name).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Notes" }).fill("Prefers mornings.");
    await page.getByRole("dialog").getByRole("button", { name: "Save notes" }).click();
    await expect(page.getByText("Notes saved")).toBeVisible();
    await page.keyboard.press("Escape");
    const refused = await page.evaluate(async () => {
      const token = /csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
      const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
      const ask = (path: string, init?: RequestInit) => fetch(path, { headers, ...init });
      const answers = [
        await ask("/api/export/appointments/"),
        await ask("/api/tokens/", { method: "POST", body: JSON.stringify({ name: "Mine", scope: "read" }) }),
      ];
      return Promise.all(answers.map(async (one) => `${one.status} ${await one.text()}`));
    });
    for (const answer of refused) expect(answer).toMatch(/^403 .*not_while_impersonating/);

    await banner.getByRole("button", { name: "End" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(banner).toHaveCount(0);

    await ownerPage.goto("/settings/team");
    const visit = ownerPage.getByRole("row", { name: new RegExp(reason) });
    await expect(visit).toContainText("Platform Admin");
    await expect(visit).toContainText("Helen Park");
    await expect(visit).not.toContainText("Now");

    const { data } = await api.GET("/api/appointments/{id}/history/", { params: { path: { id: appointment.id } } });
    const edited = found(data).results.find(({ kind }) => kind === "edited");
    expect(edited).toMatchObject({ by_name: "Helen Park", support_name: "Platform Admin" });

    const filters = new URLSearchParams({ business: "demo", impersonator: ADMIN, group: "support" }).toString();
    await page.goto(`${addressOf()}/admin/core/auditentry/?${filters}`);
    const began = page.getByRole("row", { name: /support\.began/ }).first();
    await expect(began).toContainText(people.manager.email);
    await expect(began).toContainText(ADMIN);
  });

  test("stays out where an owner does not want it", async ({ office, pageOf }) => {
    const { page } = office;
    const { name, owner } = await office.business();
    const ownerPage = await pageOf(owner);
    await ownerPage.goto("/settings/team");
    await ownerPage.getByRole("switch", { name: "Support may act as members of this business" }).uncheck();
    await expect(ownerPage.getByText("Support can no longer act as your members")).toBeVisible();

    await actAs(office, name, owner.email, "To look at the calendar.");

    await expect(page.locator(".errorlist")).toContainText(/support/i);
    await expect(page).toHaveURL(/\/act-as\/$/);
  });
});

test("the audit log is narrowed down and taken along as CSV", async ({ office: { page }, scene, api }) => {
  const name = scene.name("Till");
  const { data: token } = await api.POST("/api/tokens/", { body: { name, scope: "read" } });
  await api.DELETE("/api/tokens/{id}/", { params: { path: { id: found(token).id } } });
  await page.goto("/admin/core/auditentry/");
  const filters = page.locator("#changelist-filter");
  await filters.getByLabel("Name or schema").fill("demo");
  await filters.getByLabel("Name or schema").press("Enter");
  await filters.getByLabel("E-mail address", { exact: true }).fill(people.owner.email);
  await filters.getByLabel("E-mail address", { exact: true }).press("Enter");
  await page.locator("#searchbar").fill(name);
  await page.locator("#searchbar").press("Enter");
  const listed = page.getByRole("row").filter({ hasText: name });
  await expect(listed).toHaveCount(2);
  await expect(listed.filter({ hasText: "token.created" })).toContainText(people.owner.email);
  await expect(listed.filter({ hasText: "token.revoked" })).toContainText(people.owner.email);

  const begun = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export these as CSV" }).click();
  const download = await begun;

  expect(download.suggestedFilename()).toMatch(/^audit-log-\d{4}-\d\d-\d\d\.csv$/);
  const [head, ...rows] = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(head).toMatch(/^at,business,person,support,action,object,/);
  expect(rows).toHaveLength(2);
  for (const row of rows) expect(row).toContain(name);
  await page.goto("/admin/core/auditentry/?group=audit");
  await expect(page.getByRole("row", { name: /audit\.exported/ }).first(), "that it was taken").toContainText(ADMIN);
});

/** The code that an authenticator app shows for a key at this moment (RFC 6238). */
function codeOf(key: string): string {
  const bits = (key.match(/\w/g) ?? []).map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  const bytes = (bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / STEP_SECONDS)));
  const digest = createHmac("sha1", Buffer.from(bytes)).update(moment).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("a second superuser sets up a second factor, and another takes it away", async ({ office, pageOf }) => {
  const { page } = office;
  const email = "staff@clinic.example"; // whom no other test knows
  const openPerson = async () => {
    await page.goto(`/admin/core/user/?q=${email}`);
    await page.getByRole("table").getByRole("link", { name: email }).click();
  };
  const empower = async (isSuperuser: boolean) => {
    await openPerson();
    await page.getByLabel("Is staff").setChecked(isSuperuser);
    await page.getByLabel("Superuser status").setChecked(isSuperuser);
    await office.save();
  };
  await empower(true);
  const other = await pageOf(null, { at: null });
  await signInToBackOffice(other, email);

  await other.goto("/admin/second-factor/recovery-codes/");
  await other.getByText("No camera?").click();
  await other.getByLabel("Code:").fill(codeOf(await other.locator("code.key").innerText()));
  await other.getByRole("button", { name: "Switch on" }).click();
  await expect(other.getByText("Your second factor is on.")).toBeVisible();
  const codes = other.locator(".recovery-codes code");
  await expect(codes).toHaveCount(10);
  const recovery = await codes.first().innerText();

  const anew = await pageOf(null, { at: null });
  await signInToBackOffice(anew, email);
  await expect(anew).toHaveURL(/\/second-factor\//);
  await anew.goto("/admin/core/tenant/");
  await expect(anew.getByLabel("Code:"), "the password alone opens nothing").toBeVisible();
  await anew.getByLabel("Code:").fill(recovery);
  await anew.getByRole("button", { name: "Continue" }).click();
  await expect(anew.getByRole("link", { name: "Spreeufer Physiotherapie" })).toBeVisible();

  await openPerson();
  await page.getByRole("link", { name: "Reset second factor" }).click();
  await page.getByRole("button", { name: "Reset second factor" }).click();
  await expect(office.said(/ sets up a new second factor at the next sign-in\.$/)).toBeVisible();
  await anew.reload();
  await expect(anew.getByLabel("Password"), "sessions ended").toBeVisible();
  await empower(false);
});

/** Pages by address; `link` leads further from there. */
const PAGES: { name: string; path: string; link?: string }[] = [
  { name: "the first page", path: "/admin/" },
  { name: "a plan", path: "/admin/platform_admin/subscriptionplan/", link: "Professional" },
  { name: "the list of businesses", path: "/admin/core/tenant/" },
  { name: "a business", path: "/admin/core/tenant/?q=spreeufer", link: "Spreeufer Physiotherapie clinic" },
  { name: "the order of a business", path: "/admin/platform_admin/tenantbuild/add/" },
  { name: "the health page", path: "/admin/health/" },
  { name: "the audit log", path: "/admin/core/auditentry/" },
];

for (const { name, path, link } of PAGES) {
  test(`${name} has nothing serious, and fits a narrow window`, async ({ platformAdminPage: page, axe }) => {
    await page.goto(path);
    if (link) await page.getByRole("table").getByRole("link", { name: link, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    for (const colorScheme of ["light", "dark"] as const) {
      await test.step(colorScheme, async () => {
        await page.emulateMedia({ colorScheme });
        await axe(page, undefined, DJANGOS_SEARCH);
      });
    }
    await page.setViewportSize({ width: 360, height: 800 });
    await page.reload();
    expect(await sticksOut(page)).toEqual([]);
  });
}
