import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";
import { pathOf } from "../needs.ts";
import { until } from "./until.ts";

const admin = { email: "ada@example.com", password: "correct horse battery staple" };

/** Settings of a server that this admin can sign in to. */
export const adminSettings = {
  PERIDIO_BOOTSTRAP_ADMIN_EMAIL: admin.email,
  PERIDIO_BOOTSTRAP_ADMIN_PASSWORD: admin.password,
};

export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: pathOf("chromium") ?? "chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
}

export async function signIn(page: Page, url: string, { email, password } = admin): Promise<void> {
  await page.goto(`${url}/console/`);
  await page.getByLabel("E-mail or user name").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
  await page.getByRole("button", { name: "Sign in" }).waitFor({ state: "detached" });
}

/** Animations that end by themselves and haven't yet. */
const moving =
  "document.getAnimations().filter((a) => a.playState === 'running' && a.effect.getComputedTiming().iterations !== Infinity).length";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with a page for people who don't see or don't use a mouse; empty when nothing. */
export async function barriers(page: Page): Promise<string[]> {
  // What moves in has to stand still: half-transparent text has no contrast.
  await until("the page stands still", async () => (await page.evaluate(moving)) === 0);
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}
