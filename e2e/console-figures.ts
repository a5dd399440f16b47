import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { callApi } from "./api.ts";
import { startTestServer } from "./server.ts";
import { adminSettings, openChromium, signIn } from "./support/console-page.ts";
import { makeBundle } from "./support/device.ts";
import { makeSigner, signedBinary } from "./support/signed.ts";
import { makeSmallFleet } from "./support/small-fleet.ts";

/*
 * How fast the console's main pages appear, as Lighthouse measures it: in a real Chromium, each page loaded anew without
 * anything cached, with the processor slowed down four times and a link as of a good phone. Medians.
 */

const runs = 3;
/** Lighthouse's phone: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back. */
const link = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 96_000 };
const slowdown = 4;
/** Milliseconds without anything new after which a page counts as there. */
const quiet = 1_500;
/** Bytes of script, gzipped, that a page may load. */
const scriptLimit = 250_000;

interface Measured {
  /** Milliseconds until the largest thing was painted, and of tasks beyond 50 ms each. */
  paint: number;
  blocked: number;
  /** Bytes of script, as gzip makes them. */
  script: number;
}

/** Run in the page before anything else of it: gathers what the browser tells. */
const gather = `
  window.figures = { paint: 0, blocked: 0 };
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) figures.paint = entry.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) figures.blocked += Math.max(0, entry.duration - 50); })
    .observe({ type: "longtask", buffered: true });
`;

const server = await startTestServer(adminSettings);
const browser = await openChromium();
try {
  const api = callApi(server.url);
  const binary = await signedBinary(server, api, await makeSigner(api));
  const bundle = await makeBundle(api, [binary]);
  const { release } = await makeSmallFleet(api, bundle);
  const id = (prn: string) => prn.split(":").at(-1);
  const pages = {
    "sign in": null,
    overview: "",
    binaries: "binaries",
    "one binary": `binaries/${id(binary)}`,
    releases: "releases",
    "one release": `releases/${id(release)}`,
    devices: "devices",
  };
  const context = await browser.newContext();
  await signIn(await context.newPage(), server.url);
  const storageState = await context.storageState();
  const row = (...cells: string[]) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
  row("page", "largest paint", "blocked", "script, gzipped");
  row("---", "---", "---", "---");
  for (const [name, path] of Object.entries(pages)) {
    const all: Measured[] = [];
    for (let run = 0; run < runs; run++) {
      const fresh = await browser.newContext(path === null ? {} : { storageState });
      all.push(await measure(await fresh.newPage(), `${server.url}/console/${path ?? ""}`));
      await fresh.close();
    }
    const { paint, blocked, script } = all.toSorted((a, b) => a.paint - b.paint)[Math.floor(runs / 2)]!;
    row(name, `${Math.round(paint)} ms`, `${Math.round(blocked)} ms`, `${Math.round(script / 1000)} kB`);
    if (script > scriptLimit) process.exitCode = 1;
  }
} finally {
  await browser.close();
  await server.stop();
}

async function measure(page: Page, url: string): Promise<Measured> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", link);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await page.addInitScript(gather);
  let script = 0;
  let last = Date.now();
  const sizes: Promise<void>[] = [];
  page.on("response", (answer) => {
    if (!new URL(answer.url()).pathname.endsWith(".js")) return;
    sizes.push(
      answer.body().then((body) => {
        script += gzipSync(body).length;
        last = Date.now();
      }),
    );
  });
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  while (Date.now() - last < quiet) await page.waitForTimeout(100);
  await Promise.all(sizes);
  const { paint, blocked } = (await page.evaluate("figures")) as { paint: number; blocked: number };
  return { paint, blocked, script };
}
