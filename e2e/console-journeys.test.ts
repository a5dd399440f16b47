import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { adminSettings, barriers, openChromium, signIn } from "./support/console-page.ts";
import { makeCohort } from "./support/device.ts";

/** Three parts, the last one short. */
const firmware = { name: "firmware.bin", mimeType: "application/octet-stream", buffer: randomBytes(12_000_000) };

describe("the console", () => {
  let server: TestServer;
  let api: Api;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];
  const keys = generateKeyPairSync("ed25519");

  beforeAll(async () => {
    server = await startTestServer(adminSettings);
    api = callApi(server.url);
    browser = await openChromium();
    context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    // The page's policy refuses what it doesn't allow, and says so here.
    page.on("console", (message) => {
      if (message.type() === "error" && /Content.Security.Policy/i.test(message.text()))
        complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    const value = keys.publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
    await api("POST", "/signing_keys", { name: "release key", value });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("lets nobody in with a wrong password, and says so", async () => {
    await page.goto(`${server.url}/console/artifacts`);
    await page.getByLabel("E-mail or user name").fill(adminSettings.PERIDIO_BOOTSTRAP_ADMIN_EMAIL);
    await page.getByLabel("Password").fill("something else entirely");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page
      .getByRole("alert")
      .getByText(/password or the code is wrong/)
      .waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("leads from signing in to an artifact, a version and a signed binary", async () => {
    await signIn(page, server.url);
    await page.getByRole("link", { name: "Artifacts", exact: true }).click();
    await page.getByText("No artifacts yet").waitFor();
    await page.keyboard.press("c");
    await page.getByLabel("Name").fill("camera-firmware");
    await page.getByRole("button", { name: "Create artifact" }).click();
    await page.getByText("No versions yet").waitFor();
    await page.keyboard.press("c");
    await page.getByLabel("Version", { exact: true }).fill("1.0.0");
    await page.getByRole("button", { name: "Create version" }).click();
    await page.getByText("No binaries yet").waitFor();
    await page.keyboard.press("c");
    await page.getByLabel("Target").fill("aarch64-linux-gnu");
    await page.locator("dialog input[type=file]").setInputFiles(firmware);
    await page.getByRole("button", { name: "Create and upload" }).click();
    await page.locator("main header [data-state=signable]").waitFor();
    const { binaries } = (await api("GET", "/binaries")).body;
    expect(binaries[0]).toMatchObject({ state: "signable", size: firmware.buffer.length });
    await page.getByText("3 parts, 3 valid").waitFor();
    expect(await barriers(page)).toEqual([]);

    await page.getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByLabel("Ed25519 private key").fill(String(keys.privateKey.export({ format: "pem", type: "pkcs8" })));
    await page.getByRole("dialog").getByRole("button", { name: "Sign", exact: true }).click();
    await page.locator("main header [data-state=signed]").waitFor();
    await page.getByText("devices accept it").waitFor();
    const [signature] = (await api("GET", "/binary_signatures")).body.binary_signatures;
    expect(signature).toMatchObject({ algorithm: "ed25519", signed_message: "hash_hex", device_agent_accepts: true });
  });

  it("refuses a private key that isn't registered, and takes a signature that was made elsewhere", async () => {
    const stranger = generateKeyPairSync("ed25519").privateKey;
    await page.getByRole("button", { name: "Sign", exact: true }).click();
    const seed = stranger.export({ format: "der", type: "pkcs8" }).subarray(-32).toString("hex");
    await page.getByLabel("Ed25519 private key").fill(seed);
    await page.getByRole("dialog").getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByText(/is not among the signing keys/).waitFor();
    await page.getByRole("tab", { name: "Paste a signature" }).click();
    await page.getByLabel("Signature", { exact: true }).fill("00");
    await page.getByRole("button", { name: "Verify and attach" }).click();
    await page.getByRole("dialog").getByRole("alert").waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press("Escape");
  });

  it("shows what happens elsewhere without being asked", async () => {
    const { binaries } = (await api("GET", "/binaries")).body;
    const [signature] = (await api("GET", "/binary_signatures")).body.binary_signatures;
    await api("DELETE", `/binary_signatures/${signature.prn}`);
    await page.locator("main header [data-state=signable]").waitFor();
    expect((await api("GET", `/binaries/${binaries[0].prn}`)).body.binary.state).toBe("signable");
  });

  it("destroys only after the name was typed, and says what uses it", async () => {
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Destroy…" }).click();
    const destroy = page.getByRole("dialog").getByRole("button", { name: "Destroy the binary" });
    await page.getByText("It is in 0 bundles").waitFor();
    expect(await destroy.isDisabled()).toBe(true);
    await page.getByRole("dialog").getByRole("textbox").fill("aarch64-linux-gnu");
    await destroy.click();
    await page.locator("main header [data-state=destroyed]").waitFor();
  });

  it("archives a binary and takes it back, and lists what is archived when asked", async () => {
    const [version] = (await api("GET", "/artifact_versions")).body.artifact_versions;
    const body = { artifact_version_prn: version.prn, target: "old-target" };
    const { prn } = (await api("POST", "/binaries", body)).body.binary;
    await page.goto(`${server.url}/console/binaries/${prn.split(":").at(-1)}`);
    await page.getByRole("button", { name: "Archive", exact: true }).click();
    await page.getByRole("button", { name: "Archive the binary" }).click();
    await page.locator("main header [data-state=archived]").waitFor();
    expect(await barriers(page)).toEqual([]);

    await page.goto(`${server.url}/console/binaries`);
    await page.getByRole("button", { name: "Archived too" }).click();
    await page.locator("tr", { hasText: "old-target" }).locator("[data-state=archived]").waitFor();
    await page.getByRole("button", { name: "Without archived" }).click();
    await page.getByText("old-target").waitFor({ state: "detached" });

    await page.goto(`${server.url}/console/binaries/${prn.split(":").at(-1)}`);
    await page.getByRole("button", { name: "Take back from the archive" }).click();
    await page.locator("main header [data-state=archived]").waitFor({ state: "detached" });
    await api("DELETE", `/binaries/${prn}`);
  });

  it("goes on with an upload after the page was loaded anew", async () => {
    const [version] = (await api("GET", "/artifact_versions")).body.artifact_versions;
    const body = { artifact_version_prn: version.prn, target: "interrupted", size: firmware.buffer.length };
    const { prn } = (await api("POST", "/binaries", body)).body.binary;
    await page.goto(`${server.url}/console/binaries/${prn.split(":").at(-1)}`);
    // The second part never arrives, so that the upload is under way for as long as this takes.
    await page.route(/\/cdn\/parts\/.*/, (route) =>
      partOf(route.request().url()) === 2 ? undefined : route.continue(),
    );
    await page.locator("main input[type=file]").setInputFiles(firmware);
    await expect.poll(async () => (await validParts(api, prn)).sort(), { timeout: 20_000 }).toEqual([1, 3]);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Go on" }).waitFor();
    await page.unroute(/\/cdn\/parts\/.*/);
    const sent: number[] = [];
    await page.reload();
    page.on("request", (request) => {
      if (/\/cdn\/parts\//.test(request.url())) sent.push(partOf(request.url()));
    });
    await page.getByText("Drop the same file to go on").waitFor();
    await page.locator("main input[type=file]").setInputFiles(firmware);
    await page.locator("main header [data-state=signable]").waitFor();
    expect(sent).toEqual([2]);
  });

  it("keeps search and order in the address", async () => {
    await page.goto(`${server.url}/console/binaries`);
    await page.getByRole("combobox", { name: "Search binaries" }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("interr");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "interrupted" }).waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get("search")).toBe("target~'interr'");
    await page.reload();
    await page.getByRole("link", { name: "interrupted" }).waitFor();
    expect(await page.locator("tbody tr").count()).toBe(1);
    await page.getByRole("combobox", { name: "Search binaries" }).fill("size~'x'");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText(/size/).waitFor();
  });

  it("finds pages and things from the keyboard", async () => {
    await page.goto(`${server.url}/console/`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("camera");
    await page.getByRole("option", { name: /camera-firmware/ }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "camera-firmware" }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await page.getByRole("heading", { name: "Signing keys" }).waitFor();
  });

  it.each([
    ["on a phone", { viewport: { width: 390, height: 844 } }],
    ["in the dark", { colorScheme: "dark" as const }],
  ])("shows its pages %s without barriers and without scrolling sideways", async (_how, options) => {
    const cookies = await context.storageState();
    const other = await browser.newContext({ ...options, storageState: cookies });
    const tab = await other.newPage();
    const [artifact] = (await api("GET", "/artifacts")).body.artifacts;
    const [binary] = (await api("GET", "/binaries")).body.binaries;
    const id = (prn: string) => prn.split(":").at(-1);
    const { product, cohort } = await makeCohort(api);
    const paths = [
      "",
      "artifacts",
      `artifacts/${id(artifact.prn)}`,
      "binaries",
      `binaries/${id(binary.prn)}`,
      "signing-keys",
      ...["bundles", "releases", "products", "cohorts", "devices", "authorities"],
      ...["storage", "webhooks", "audit", "people", "api-keys", "settings"],
      ...[`products/${id(product)}`, `cohorts/${id(cohort)}`],
    ];
    for (const path of paths) {
      await tab.goto(`${server.url}/console/${path}`);
      await tab.getByRole("heading", { level: 1 }).waitFor();
      await tab.waitForLoadState("networkidle").catch(() => {});
      expect(await barriers(tab), path).toEqual([]);
      const overflow = await tab.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(overflow, path).toBe(0);
    }
    await other.close();
  });

  it("never met what its policy forbids", () => {
    expect(complaints).toEqual([]);
  });
});

const partOf = (url: string): number => Number(new URL(url).pathname.split("/").at(-3));

async function validParts(api: Api, prn: string): Promise<number[]> {
  const { binary_parts: parts } = (await api("GET", `/binaries/${prn}/parts`)).body;
  return parts.filter(({ state }: { state: string }) => state === "valid").map(({ index }: { index: number }) => index);
}
