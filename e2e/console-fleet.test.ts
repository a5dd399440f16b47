import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChains } from "../server/src/distribution/fleet/chains.fixture.ts";
import { type Api, callApi } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { adminSettings, barriers, openChromium, signIn } from "./support/console-page.ts";
import { made } from "./support/device.ts";
import { makeSigner, signedBinary } from "./support/signed.ts";

const idOf = (prn: string) => prn.split(":").at(-1)!;

describe("the console's pages of the fleet", () => {
  let server: TestServer;
  let api: Api;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    server = await startTestServer(adminSettings);
    api = callApi(server.url);
    browser = await openChromium();
    context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on("console", (message) => {
      if (message.type() === "error" && /Content.Security.Policy/i.test(message.text()))
        complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    const signer = await makeSigner(api);
    for (const name of ["spring", "summer"]) {
      const binary = await signedBinary(server, api, signer);
      await made(api, "/bundles", { name, binaries: [{ prn: binary }] });
    }
    await signIn(page, server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const dialog = () => page.getByRole("dialog");
  const go = (path: string) => page.goto(`${server.url}/console/${path}`);
  const heading = (name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
  const one = async (list: string) =>
    Object.values((await api("GET", `/${list}?limit=1`)).body)[0] as { prn: string }[];
  const newest = async (list: string) => (await api("GET", `/${list}/${(await one(list))[0]!.prn}`)).body;

  /** Finds a thing by what it is called and takes it, by the keyboard. */
  async function choose(label: string, words: string): Promise<void> {
    const box = page.getByRole("combobox", { name: new RegExp(`^${label}`) });
    await box.fill(words);
    await page.getByRole("option", { name: words }).waitFor();
    await box.press("Enter");
    await page.getByRole("option", { name: words }).waitFor({ state: "hidden" });
  }

  it("leads from nothing to a product, a cohort and a device", async () => {
    await go("products");
    await page.getByText("No products yet").waitFor();
    await page.keyboard.press("c");
    await dialog().getByLabel("Name").fill("camera");
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Create product" }).click();
    await heading("camera");
    await page.keyboard.press("c");
    await dialog().getByLabel("Name").fill("production");
    await page.getByRole("button", { name: "Create cohort" }).click();
    await heading("production");
    await page.getByRole("button", { name: "New device" }).click();
    await dialog().getByLabel("Identifier").fill("SN-1");
    await dialog().getByLabel("Tags").fill("beta, lab");
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Create device" }).click();
    await heading("SN-1");
    const { device } = await newest("devices");
    const { cohort } = await newest("cohorts");
    expect(device).toMatchObject({ identifier: "SN-1", tags: ["beta", "lab"], cohort_prn: cohort.prn, target: null });
  });

  it("changes a device, and takes it out of its cohort and back", async () => {
    const { device: before } = await newest("devices");
    await page.keyboard.press("e");
    await dialog().getByLabel("Target").fill("aarch64-linux-gnu");
    await dialog().getByRole("combobox", { name: "Cohort" }).click();
    await page.getByRole("option", { name: "None" }).click();
    await dialog().getByRole("button", { name: "Save" }).click();
    await dialog().waitFor({ state: "detached" });
    expect((await newest("devices")).device).toMatchObject({ target: "aarch64-linux-gnu", cohort_prn: null });
    await page.keyboard.press("e");
    await choose("Cohort", "production");
    await dialog().getByLabel("Target").fill("");
    await dialog().getByRole("button", { name: "Save" }).click();
    await dialog().waitFor({ state: "detached" });
    expect((await newest("devices")).device).toMatchObject({ target: null, cohort_prn: before.cohort_prn });
  });

  it("registers a certificate, refuses a private key, and deletes it by its name", async () => {
    using chains = openChains();
    const certificate = chains.issue("SN-1");
    await page.getByRole("button", { name: "Register a certificate" }).click();
    await dialog().getByRole("textbox", { name: "Certificate", exact: true }).fill(chains.privateKey("SN-1"));
    await dialog().getByRole("button", { name: "Register" }).click();
    await dialog()
      .getByText(/holds a private key/)
      .waitFor();
    const file = { name: "SN-1.pem", mimeType: "application/x-pem-file", buffer: Buffer.from(certificate) };
    await dialog().locator("input[type=file]").setInputFiles(file);
    await dialog().getByRole("button", { name: "Register" }).click();
    await dialog().waitFor({ state: "detached" });
    await page.getByRole("cell", { name: "SN-1" }).waitFor();
    await page.getByRole("button", { name: "Delete the certificate" }).click();
    await dialog().getByRole("textbox").fill("SN-1");
    await dialog().getByRole("button", { name: "Delete the certificate" }).click();
    await page.getByText("it can't ask for anything yet").waitFor();
    expect((await api("GET", "/device_certificates")).body.device_certificates).toEqual([]);
  });

  it("puts a device into quarantine and ends it, and says what that means", async () => {
    await page.getByRole("button", { name: "Quarantine" }).click();
    await dialog()
      .getByText(/It gets no update/)
      .waitFor();
    await dialog().getByRole("button", { name: "Quarantine the device" }).click();
    await page.locator("main header [data-state=quarantined]").waitFor();
    expect((await newest("devices")).device.quarantined).toBe(true);
    await page.getByRole("button", { name: "End the quarantine" }).click();
    await dialog().getByRole("button", { name: "End the quarantine" }).click();
    await page.locator("main header [data-state=quarantined]").waitFor({ state: "detached" });
    expect((await newest("devices")).device.quarantined).toBe(false);
  });

  it("shows who would get a release before it is made, then makes it", async () => {
    const { product } = await newest("products");
    const { cohort } = await newest("cohorts");
    const place = { product_prn: product.prn, cohort_prn: cohort.prn };
    // It has reported that it runs 1.0.0; the other one is silent.
    const { prn } = await made(api, "/devices", { identifier: "SN-2", ...place });
    await api("POST", `/devices/${prn}/update`, { release_version: "1.0.0", write: true });
    await go("bundles");
    await page.getByRole("link", { name: "spring" }).click();
    await page.getByRole("button", { name: "Release", exact: true }).click();
    await choose("Cohort", "production");
    await dialog().getByLabel("Name").fill("2.0.0");
    await dialog()
      .getByLabel(/^Version/)
      .fill("2.0.0");
    await page.locator("[data-eligible='0']").waitFor();
    await dialog().getByLabel("For devices that run").fill("~> 1.0");
    await page.locator("[data-eligible='1']").waitFor();
    await dialog().getByText("get it when they ask").click();
    await dialog().getByRole("link", { name: "SN-2" }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect((await api("GET", "/releases")).body.releases).toEqual([]);
    await dialog().getByLabel("For", { exact: true }).selectOption("share");
    await dialog().getByLabel("Share (%)").fill("150");
    await dialog()
      .getByText(/must be 0 to 100 %/)
      .waitFor();
    await dialog().getByLabel("Share (%)").fill("50");
    await dialog()
      .getByText(/has room for 1 device/)
      .waitFor();
    await page.getByRole("button", { name: "Create release" }).click();
    await heading("2.0.0");
    const { release } = await newest("releases");
    expect(release).toMatchObject({ version: "2.0.0", version_requirement: "~> 1.0", phase_value: 0.5 });
    await page.getByText("for 1 of 2 devices").waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("watches the rollout live", async () => {
    const { release } = await newest("releases");
    const { devices } = (await api("GET", "/devices?search=identifier:'SN-2'")).body;
    const said = { release_prn: release.prn, release_version: "2.0.0", write: true };
    await api("POST", `/devices/${devices[0].prn}/update`, said);
    await go(`devices/${idOf(devices[0].prn)}`);
    await page.getByRole("link", { name: "2.0.0" }).first().waitFor();
  });

  it("says why a second release can't be made yet, and lets the first one go to all", async () => {
    const { cohort } = await newest("cohorts");
    await go(`cohorts/${idOf(cohort.prn)}`);
    await heading("production");
    await page.keyboard.press("c");
    await choose("Bundle", "summer");
    await dialog()
      .getByText(/newest release .* is phased/)
      .waitFor();
    await page.keyboard.press("Escape");
    const { release } = await newest("releases");
    await go(`releases/${idOf(release.prn)}`);
    await page.getByRole("button", { name: "Edit" }).waitFor();
    await page.keyboard.press("e");
    await dialog().getByLabel("For", { exact: true }).selectOption("all");
    await dialog().getByLabel("Required").check();
    expect(await barriers(page)).toEqual([]);
    await dialog().getByRole("button", { name: "Save" }).click();
    await dialog().waitFor({ state: "detached" });
    expect((await newest("releases")).release).toMatchObject({ phase_value: 1, required: true, version: "2.0.0" });
    await page.keyboard.press("e");
    await dialog()
      .getByText(/For all devices, for good/)
      .waitFor();
    await page.keyboard.press("Escape");
  });

  it("draws the channel, each release leading to its next one", async () => {
    const { cohort } = await newest("cohorts");
    await go(`cohorts/${idOf(cohort.prn)}`);
    await heading("production");
    await page.keyboard.press("c");
    await choose("Bundle", "summer");
    await dialog().getByLabel("Name").fill("3.0.0");
    await page.locator("[data-eligible='1']").waitFor();
    await page.getByRole("button", { name: "Create release" }).click();
    await heading("3.0.0");
    const graph = page.getByRole("region", { name: "The channel as a graph" });
    const names = await graph.getByRole("link").allInnerTexts();
    expect(names.map((text) => text.split("\n")[0])).toEqual(["2.0.0", "3.0.0"]);
    expect(await graph.locator("svg path").count()).toBe(2);
    await graph.getByRole("link", { name: /2\.0\.0.*followed by 3\.0\.0/s }).click();
    await heading("2.0.0");
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await heading("Releases");
    await page.getByRole("region", { name: "The channel as a graph" }).getByRole("link").first().waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("says what a device would get", async () => {
    const { devices } = (await api("GET", "/devices?search=identifier:'SN-2'")).body;
    await go(`devices/${idOf(devices[0].prn)}`);
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByRole("status").getByRole("link", { name: "3.0.0" }).waitFor();
    await page.getByRole("status").getByRole("link", { name: "summer" }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("deletes a release by its name, and says whom that touches", async () => {
    const { release } = await newest("releases");
    await go(`releases/${idOf(release.prn)}`);
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await dialog()
      .getByText(/2 devices that it is for and that haven't got it yet/)
      .waitFor();
    await dialog().getByText("What leads to it (2.0.0) becomes the end of the channel.").waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog().getByRole("textbox").fill("3.0.0");
    await dialog().getByRole("button", { name: "Delete the release" }).click();
    await heading("Releases");
    expect((await newest("releases")).release).toMatchObject({ name: "2.0.0", next_release_prn: null });
  });

  it("overrides the bundle of single devices, and ends that", async () => {
    await go("overrides");
    await page.getByText("No overrides yet").waitFor();
    await page.keyboard.press("c");
    await dialog().getByLabel("Name").fill("trial");
    await choose("Bundle", "spring");
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Create override" }).click();
    await heading("trial");
    await page.locator("main header [data-state=active]").waitFor();
    await choose("Add a device", "SN-1");
    await page.getByRole("button", { name: "Add the device" }).click();
    await page.getByRole("link", { name: "SN-1" }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Remove the device" }).click();
    await page.getByText("it decides for nobody").waitFor();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await dialog().getByRole("textbox").fill("trial");
    await dialog().getByRole("button", { name: "Delete the override" }).click();
    await page.getByText("No overrides yet").waitFor();
    expect((await api("GET", "/bundle_overrides")).body.bundle_overrides).toEqual([]);
  });

  it("archives a product only when it has no devices, and says so", async () => {
    const { product } = await newest("products");
    await go(`products/${idOf(product.prn)}`);
    await page.getByRole("button", { name: "Edit" }).click();
    await dialog().getByLabel("Archived").check();
    await dialog().getByRole("button", { name: "Save" }).click();
    await dialog()
      .getByRole("alert")
      .getByText(/devices/)
      .waitFor();
    await page.keyboard.press("Escape");
  });

  it.each([
    ["on a phone", { viewport: { width: 390, height: 844 } }],
    ["in the dark", { colorScheme: "dark" as const }],
  ])("shows its pages and dialogs %s without barriers and without scrolling sideways", async (_how, options) => {
    const other = await browser.newContext({ ...options, storageState: await context.storageState() });
    const tab = await other.newPage();
    tab.setDefaultTimeout(15_000);
    const overflow = () => tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    for (const list of ["products", "cohorts", "devices", "releases"]) {
      const { prn } = (await one(list))[0]!;
      for (const path of [list, `${list}/${idOf(prn)}`]) {
        await tab.goto(`${server.url}/console/${path}`);
        await tab.getByRole("heading", { level: 1 }).waitFor();
        await tab.waitForLoadState("networkidle").catch(() => {});
        expect(await barriers(tab), path).toEqual([]);
        expect(await overflow(), path).toBe(0);
        const opener = tab.locator("[data-create], [data-edit]").first();
        await opener.click();
        await tab.getByRole("dialog").waitFor();
        expect(await barriers(tab), `dialog of ${path}`).toEqual([]);
        expect(await overflow(), `dialog of ${path}`).toBe(0);
      }
    }
    await other.close();
  });

  it("never met what its policy forbids", () => {
    expect(complaints).toEqual([]);
  });
});
