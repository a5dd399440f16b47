import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { callApi } from "./api.ts";
import { startTestServer } from "./server.ts";
import { adminSettings, openChromium, signIn } from "./support/console-page.ts";
import { makeBundle, makeCohort, makeRelease } from "./support/device.ts";
import { makeSigner, signedBinary } from "./support/signed.ts";

/* Writes a picture of every page of the console, at each width and in each theme, for people to look at. */

const folder = process.argv[2] ?? "screenshots";
const looks = {
  light: { viewport: { width: 1280, height: 800 } },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 } },
} as const;

const server = await startTestServer(adminSettings);
const browser = await openChromium();
try {
  const api = callApi(server.url);
  const binary = await signedBinary(server, api, await makeSigner(api));
  const bundle = await makeBundle(api, [binary]);
  const { product, cohort } = await makeCohort(api);
  const release = (await makeRelease(api, cohort, bundle, { version: "1.0.0" })).prn;
  const id = (prn: string) => prn.split(":").at(-1);
  const lists = ["artifacts", "binaries", "signing-keys", "bundles", "releases", "products", "cohorts", "devices"];
  const others = ["authorities", "storage", "webhooks", "audit", "people", "api-keys", "settings"];
  const details = { binaries: binary, bundles: bundle, releases: release, products: product, cohorts: cohort };
  const paths = ["", ...lists, ...others, ...Object.entries(details).map(([area, prn]) => `${area}/${id(prn)}`)];
  await mkdir(folder, { recursive: true });
  for (const [look, options] of Object.entries(looks)) {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(`${server.url}/console/`);
    await page.screenshot({ path: join(folder, `sign-in-${look}.png`) });
    await signIn(page, server.url);
    for (const path of paths) {
      await page.goto(`${server.url}/console/${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForTimeout(500);
      const [area, one] = path.split("/");
      const name = [area || "overview", one && "one", look].filter(Boolean).join("-");
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
