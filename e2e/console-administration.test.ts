import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, makeBinary, partSize, sendPart, sha256 } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { codeOfNow } from "./support/authenticator.ts";
import { adminSettings, barriers, openChromium, signIn } from "./support/console-page.ts";
import { made } from "./support/device.ts";
import { openOpenssl } from "./support/openssl.ts";
import { type Receiver, startReceiver } from "./support/receiver.ts";
import { bucket, type ObjectServer, s3Keys, startS3 } from "./support/s3-server.ts";

/* What admins do in the console, in a real Chromium, against a real S3 server, a real receiver and the real openssl. */

let server: TestServer;
let api: Api;
let receiver: Receiver;
let s3: ObjectServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const openssl = openOpenssl();
const complaints: string[] = [];

beforeAll(async () => {
  [s3, receiver] = await Promise.all([startS3(), startReceiver()]);
  server = await startTestServer({
    ...adminSettings,
    PERIDIO_WEBHOOK_ALLOW_PRIVATE: "true",
    PERIDIO_STORE_ALLOW_PRIVATE: "true",
    PERIDIO_REDIRECT_EXPIRY: "1",
  });
  api = callApi(server.url);
  browser = await openChromium();
  context = await browser.newContext();
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("console", (message) => {
    if (message.type() === "error" && /Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await signIn(page, server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await receiver?.stop();
  await s3?.stop();
  openssl.remove();
});

const open = async (path: string) => {
  await page.goto(`${server.url}/console/${path}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
};
const dialog = () => page.getByRole("dialog");
const inDialog = (name: string) => dialog().getByRole("button", { name, exact: true });
const press = (name: string) => page.getByRole("main").getByRole("button", { name, exact: true }).click();
const choose = async (name: string) => {
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name }).click();
};
const hasNoBarriers = async () => expect(await barriers(page)).toEqual([]);
/** What is shown this one time; it is looked at for barriers, too. */
const shownOnce = async (): Promise<string> => {
  const value = await dialog().locator("[data-once]").innerText();
  await hasNoBarriers();
  // A slip of the mouse or of a key doesn't lose it.
  await page.mouse.click(2, 2);
  await page.keyboard.press("Escape");
  expect(await dialog().isVisible()).toBe(true);
  await inDialog("I have it").click();
  return value;
};
/** Finds a thing by what it is called and takes it, by the keyboard. */
const find = async (label: string, words: string) => {
  const box = dialog().getByRole("combobox", { name: new RegExp(`^${label}`) });
  await box.fill(words);
  await page.getByRole("option", { name: words }).waitFor();
  await box.press("Enter");
  await page.getByRole("option", { name: words }).waitFor({ state: "hidden" });
};
/** Types the name that is asked for; until then it can't be done. */
const confirm = async (action: string, name: string) => {
  const button = inDialog(action);
  await button.waitFor();
  expect(await button.isDisabled()).toBe(true);
  await hasNoBarriers();
  await dialog().getByRole("textbox").fill(name);
  await button.click();
  await dialog().waitFor({ state: "detached" });
};

describe("webhooks in the console", () => {
  it("are created with a secret that is shown once, tested, and looked into", async () => {
    await open("webhooks");
    await page.getByText("No webhooks yet").waitFor();
    await hasNoBarriers();
    await page.keyboard.press("c");
    await dialog().getByLabel("URL").fill("http://127.0.0.1:9/nobody");
    await inDialog("Create webhook").click();
    await dialog()
      .getByRole("alert")
      .getByText(/must answer a test event with 200/)
      .waitFor();
    await dialog().getByLabel("URL").fill(receiver.url);
    await dialog().getByLabel("Description").fill("the build farm");
    await dialog().getByRole("group", { name: "binary", exact: true }).getByLabel("signed", { exact: true }).check();
    await dialog().getByText(`--url ${receiver.url} --enabled-events binary.signed`).waitFor();
    await hasNoBarriers();
    await inDialog("Create webhook").click();
    expect(await shownOnce()).toMatch(/^[0-9A-F]{32}$/);
    await page.getByRole("heading", { name: receiver.url }).waitFor();
    const [webhook] = (await api("GET", "/webhooks")).body.webhooks;
    expect(webhook).toMatchObject({
      url: receiver.url,
      description: "the build farm",
      enabled_events: ["binary.signed"],
    });

    receiver.answer = () => 503;
    await press("Send a test");
    await page.locator("main [data-state=pending]").waitFor();
    await page.getByRole("button", { name: "webhook.test_fire" }).click();
    await dialog().getByText("thank you").waitFor();
    await hasNoBarriers();
    await page.keyboard.press("Escape");
    receiver.answer = () => 200;
    // It is tried again by itself.
    await page.locator("main [data-state=delivered]").waitFor({ timeout: 60_000 });
    await page.getByRole("button", { name: "webhook.test_fire" }).click();
    await inDialog("Deliver again").click();
    await page.getByText("It is being delivered again.").waitFor();
    await dialog().getByRole("listitem").nth(2).waitFor();
    await page.keyboard.press("Escape");
  });

  it("are edited, get another secret, and are disabled and enabled", async () => {
    await page.keyboard.press("e");
    await dialog().getByRole("button", { name: "None", exact: true }).click();
    await dialog().getByRole("group", { name: "release", exact: true }).getByLabel("halted").check();
    await dialog().getByLabel("Description").fill("");
    await inDialog("Save").click();
    await dialog().waitFor({ state: "detached" });
    await page.getByText("release.halted").waitFor();
    expect((await api("GET", "/webhooks")).body.webhooks[0]).toMatchObject({
      description: null,
      enabled_events: ["release.halted"],
    });
    await choose("Roll the secret…");
    await dialog().getByLabel("The old secret ends").selectOption("in an hour");
    await dialog().getByText("--webhook-ttl 3600").waitFor();
    await hasNoBarriers();
    await inDialog("Make a new secret").click();
    expect(await shownOnce()).toMatch(/^[0-9A-F]{32}$/);
    const { previous_secret_expires_at: end } = (await api("GET", "/webhooks")).body.webhooks[0];
    expect(Math.abs(Date.parse(end) - Date.now() - 3_600_000)).toBeLessThan(60_000);

    await choose("Disable…");
    await inDialog("Disable the webhook").click();
    await page.locator("main header [data-state=disabled]").waitFor();
    receiver.answer = () => 500;
    await press("Enable");
    const problem = page.getByRole("alert").filter({ hasText: "must answer a test event" });
    await problem.waitFor();
    receiver.answer = () => 200;
    await problem.getByRole("button", { name: "Try again" }).click();
    await page.locator("main header [data-state=enabled]").waitFor();
    await hasNoBarriers();
  });

  it("are deleted after their host was typed", async () => {
    await choose("Delete…");
    await confirm("Delete the webhook", new URL(receiver.url).host);
    await page.getByText("No webhooks yet").waitFor();
    expect((await api("GET", "/webhooks")).body.webhooks).toEqual([]);
  });
});

describe("people in the console", () => {
  let link: string;

  it("are invited by a link that is shown once, and an invitation can be revoked", async () => {
    await open("people");
    await page.getByText("Nobody was invited yet").waitFor();
    await hasNoBarriers();
    for (const email of ["eve@example.com", "bob@example.com"]) {
      await page.keyboard.press("c");
      await dialog().getByLabel("E-mail").fill(email);
      await dialog().getByLabel("Role").selectOption("signer");
      await dialog().getByText("Reads binaries, and signs them.").waitFor();
      await dialog().getByText(`--email ${email} --role signer`).waitFor();
      await hasNoBarriers();
      await inDialog("Make the link").click();
      link = await shownOnce();
      expect(link).toMatch(/\/invite#.{40}/);
    }
    await page.getByRole("button", { name: "Revoke the invitation of eve@example.com" }).click();
    await confirm("Revoke the invitation", "eve@example.com");
    const { invitations } = (await api("GET", "/invitations")).body;
    expect(invitations).toMatchObject([{ email: "bob@example.com", role: "signer", accepted_at: null }]);
  });

  it("get another role and are removed; the last admin stays", async () => {
    const body = { token: link.split("#")[1], username: "bob", password: "a password of bob, 42" };
    expect((await api("POST", "/invitations/accept", body, { authorization: "", origin: server.url })).status).toBe(
      200,
    );
    await page.reload();
    await page.locator("main [data-state=accepted]").waitFor();
    await page.getByRole("button", { name: "Change the role of bob@example.com" }).click();
    await dialog().getByLabel("Role").selectOption("viewer");
    await hasNoBarriers();
    await inDialog("Change the role").click();
    await page.locator("main [data-state=viewer]").waitFor();
    await page.getByRole("button", { name: "Change the role of ada@example.com" }).click();
    await dialog().getByText("This is you").waitFor();
    await dialog().getByLabel("Role").selectOption("viewer");
    await inDialog("Change the role").click();
    await dialog()
      .getByRole("alert")
      .getByText(/last admin/)
      .waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Remove bob@example.com" }).click();
    await confirm("Remove", "bob@example.com");
    expect((await api("GET", "/org_users")).body.org_users).toMatchObject([
      { email: "ada@example.com", role: "admin" },
    ]);
  });
});

describe("a viewer in the console", () => {
  it("sees what the role allows, is offered nothing else, and is told why where it ends", async () => {
    const { invitation } = (await api("POST", "/invitations", { email: "vi@example.com", role: "viewer" })).body;
    const about = { username: "vi", password: "a password of vi, 42" };
    const body = { token: invitation.token, ...about };
    expect((await api("POST", "/invitations/accept", body, { authorization: "", origin: server.url })).status).toBe(
      200,
    );
    const viewer = await (await browser.newContext()).newPage();
    await signIn(viewer, server.url, { email: "vi@example.com", password: about.password });
    await viewer.goto(`${server.url}/console/webhooks`);
    await viewer.getByText("No webhooks yet").waitFor();
    expect(await viewer.getByRole("button", { name: "New webhook" }).count()).toBe(0);
    expect(await viewer.getByRole("link", { name: "People" }).count()).toBe(0);
    await viewer.keyboard.press("Control+k");
    await viewer.getByRole("option", { name: /Webhooks/ }).waitFor();
    expect(await viewer.getByRole("option", { name: /People/ }).count()).toBe(0);
    await viewer.keyboard.press("Escape");
    for (const page of ["people", "api-keys", "storage", "audit"]) {
      await viewer.goto(`${server.url}/console/${page}`);
      await viewer.getByText("This page isn't for your role").waitFor();
      expect(await barriers(viewer)).toEqual([]);
    }
    // Who isn't told whether there is a second factor can set one up, and turn it off.
    await viewer.getByRole("link", { name: "Your account" }).click();
    await viewer.getByRole("button", { name: "Turn off" }).waitFor();
    await viewer.getByRole("button", { name: "Set up" }).waitFor();
    expect(await barriers(viewer)).toEqual([]);
    await viewer.context().close();
  });
});

describe("one's own account in the console", () => {
  it("shows sessions, and ends them", async () => {
    const other = await (await browser.newContext()).newPage();
    await signIn(other, server.url);
    await page.getByRole("button", { name: "Account, organization and appearance" }).click();
    await page.getByRole("menuitem", { name: "Your account" }).click();
    await page.getByText("Chrome on Linux").nth(1).waitFor();
    await hasNoBarriers();
    await press("End");
    await page.getByText("That session has ended.").waitFor();
    await other.reload();
    await other.getByRole("button", { name: "Sign in" }).waitFor();
    await other.context().close();
  });

  it("sets up a second factor with recovery codes that are shown once, and turns it off", async () => {
    const password = adminSettings.PERIDIO_BOOTSTRAP_ADMIN_PASSWORD;
    await press("Set up");
    await dialog().getByLabel("Your password").fill("something else entirely");
    await inDialog("Go on").click();
    await dialog()
      .getByRole("alert")
      .getByText(/is not your password/)
      .waitFor();
    await dialog().getByLabel("Your password").fill(password);
    await inDialog("Go on").click();
    const secret = await dialog().locator("[data-once]").innerText();
    expect(await dialog().getByRole("link").getAttribute("href")).toContain(`secret=${secret}`);
    await hasNoBarriers();
    await dialog().getByLabel("Code").fill("000000");
    await inDialog("Confirm").click();
    await dialog().getByRole("alert").waitFor();
    await dialog().getByLabel("Code").fill(codeOfNow(secret));
    await inDialog("Confirm").click();
    await dialog().getByText("Recovery codes").waitFor();
    expect((await shownOnce()).split("\n")).toHaveLength(10);
    await page.locator("main").getByText("set up", { exact: true }).waitFor();
    await press("Turn off");
    await dialog().getByLabel("Your password").fill(password);
    await hasNoBarriers();
    await inDialog("Turn off").click();
    await page.getByText("You sign in with your password alone").waitFor();
  });

  it("changes the password once both are the same", async () => {
    const form = page.locator("form");
    await form.getByLabel("Current password").fill(adminSettings.PERIDIO_BOOTSTRAP_ADMIN_PASSWORD);
    await form.getByLabel("New password", { exact: true }).fill("another battery staple 7");
    await form.getByLabel("New password again").fill("another battery staple 8");
    await press("Change the password");
    await form
      .getByRole("alert")
      .getByText(/isn't the same/)
      .waitFor();
    await form.getByLabel("New password again").fill("another battery staple 7");
    await press("Change the password");
    await page.getByText("Your password is changed.").waitFor();
    const body = { email: "ada@example.com", password: "another battery staple 7" };
    expect((await api("POST", "/users/auth", body, { authorization: "", origin: server.url })).status).toBe(200);
  });
});

describe("storage in the console", () => {
  it("adds a store, says which step of its test failed, and activates it once it works", async () => {
    await open("storage");
    await page.getByText("Content is in the server's own store").waitFor();
    await hasNoBarriers();
    await page.keyboard.press("c");
    for (const kind of ["Google Cloud Storage", "Azure Blob Storage", "Amazon S3, by a role"]) {
      await dialog().getByLabel("Kind").selectOption(kind);
      await dialog().getByText("More options").click();
      await hasNoBarriers();
    }
    await dialog().getByLabel("Kind").selectOption("Another store that speaks S3");
    await dialog().getByLabel("Name", { exact: true }).fill("ours");
    await inDialog("Add the store").click();
    await dialog().getByRole("alert").getByText("Bucket is required").waitFor();
    await dialog().getByLabel("Bucket", { exact: true }).fill(bucket);
    await dialog().getByLabel("Prefix").fill("console");
    await dialog().getByLabel("Endpoint", { exact: true }).fill(s3.endpoint);
    await dialog().getByLabel("Access key ID").fill(s3Keys.accessKeyId);
    await dialog().getByLabel("Secret access key").fill("not the right one");
    await dialog().getByText(`s3://${bucket}/console?endpoint=${s3.endpoint}`).waitFor();
    expect(await dialog().innerText()).not.toContain("not the right one");
    await inDialog("Add the store").click();
    await page.getByText("It was never tested").waitFor();
    await page.getByText("Another store that speaks S3").waitFor();
    await press("Test");
    await page.locator("main [data-state=failed]").first().waitFor();
    await hasNoBarriers();
    await press("Activate");
    await inDialog("Test and activate").click();
    await dialog()
      .getByRole("alert")
      .getByText(/the step '.+' failed/)
      .waitFor();
    await hasNoBarriers();
    await page.keyboard.press("Escape");

    await choose("Edit…");
    await dialog().getByLabel("Access key ID").fill(s3Keys.accessKeyId);
    await dialog().getByLabel("Secret access key").fill(s3Keys.secretAccessKey);
    await hasNoBarriers();
    await inDialog("Save").click();
    await dialog().waitFor({ state: "detached" });
    await press("Test");
    await page.getByText("The store does all that it must.").waitFor();
    await press("Activate");
    await inDialog("Test and activate").click();
    await page.locator("main header [data-state=active]").waitFor();
    expect((await api("GET", "/content_stores")).body.content_stores).toMatchObject([
      { name: "ours", state: "active" },
    ]);
  });

  it("moves content there, and says how much is kept", async () => {
    await press("Deactivate");
    await inDialog("Deactivate").click();
    await page.locator("main header [data-state=inactive]").waitFor();
    const bytes = Buffer.alloc(5_000, "x");
    const artifact = (await api("POST", "/artifacts", { name: "moved" })).body.artifact.prn;
    const version = (await api("POST", "/artifact_versions", { artifact_prn: artifact, version: "1" })).body;
    const binary = { target: "t", hash: sha256(bytes), size: bytes.length };
    const { prn } = (await api("POST", "/binaries", { ...binary, artifact_version_prn: version.artifact_version.prn }))
      .body.binary;
    const sent = await fetch(`${server.url}/binaries/${prn}/content`, {
      method: "PUT",
      headers: { authorization: "Bearer e2e-test-key-0123456789", "content-type": "application/octet-stream" },
      body: bytes,
    });
    expect(sent.ok).toBe(true);
    await choose("Move content…");
    await find("Artifact", "moved");
    await dialog().getByText(`--artifact-prn ${artifact} --wait`).waitFor();
    await hasNoBarriers();
    await inDialog("Start the move").click();
    await page.getByRole("cell", { name: "the server's own store → ours" }).waitFor();
    await page.locator("main [data-state=done]").waitFor();
    expect((await api("GET", "/content_moves")).body.content_moves).toMatchObject([
      { artifact_prn: artifact, moved_binaries: 1, moved_bytes: 5_000 },
    ]);
    await hasNoBarriers();
    await page.getByRole("link", { name: "ours", exact: true }).click();
    await page.getByRole("link", { name: "1 binary, 4.9 KiB" }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get("search")).toMatch(/^content_store_prn:'prn:/);
    await page.getByRole("link", { name: "t", exact: true }).waitFor();
    await page.goBack();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("ada@");
    await page.getByRole("option", { name: /^ada@example.com/ }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get("search")).toBe("email:'ada@example.com'");
    await page.goBack();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("ours");
    await page.getByRole("option", { name: "ours store" }).waitFor();
    await hasNoBarriers();
    await page.keyboard.press("Escape");
    await choose("Delete…");
    await inDialog("Delete the store").waitFor();
    await dialog().getByRole("textbox").fill("ours");
    await inDialog("Delete the store").click();
    await dialog()
      .getByRole("alert")
      .getByText(/1 binaries are kept in this store/)
      .waitFor();
    await page.keyboard.press("Escape");
  });
});

describe("a move in the console", () => {
  it("is watched while it waits for an upload, paused, gone on with, and ended", async () => {
    const bytes = Buffer.alloc(partSize + 1, "y");
    const binary = await makeBinary(api, bytes);
    expect(await sendPart(api, binary, 1, bytes.subarray(0, partSize))).toBe(200);
    await open("storage");
    await press("Move content");
    await inDialog("Start the move").click();
    await page.getByText("1 upload to be finished first").waitFor();
    await hasNoBarriers();
    await press("Pause");
    await page.locator("main [data-state=paused]").first().waitFor();
    await press("Go on");
    await page.locator("main [data-state=running]").first().waitFor();
    await press("End");
    await inDialog("End the move").click();
    await page.locator("main [data-state=cancelled]").waitFor();
    await page.getByRole("button", { name: "Move content" }).waitFor();
    expect((await api("GET", "/content_moves?limit=1")).body.content_moves[0].state).toBe("cancelled");
  });
});

describe("API keys in the console", () => {
  it("are made with scopes and an end, rotated, renamed, revoked and deleted", async () => {
    await open("api-keys");
    await page.keyboard.press("c");
    await dialog().getByLabel("Name").fill("ci");
    await dialog().getByLabel("binaries:read").check();
    await dialog().getByLabel("Expires").selectOption("at a time of your choice");
    await inDialog("Create key").click();
    await dialog().getByRole("alert").getByText("Time is required").waitFor();
    await dialog().getByLabel("Expires").selectOption("in 30 days");
    await dialog()
      .getByText(/--scopes binaries:read --expires-at \d{4}-/)
      .waitFor();
    await hasNoBarriers();
    await inDialog("Create key").click();
    const first = await shownOnce();
    const key = await onlyKey("ci");
    expect(key.scopes).toEqual(["binaries:read"]);
    expect(Math.abs(Date.parse(key.expires_at) - Date.now() - 30 * 86_400_000)).toBeLessThan(60_000);

    await page.getByRole("button", { name: "ci", exact: true }).click();
    await dialog().getByText("binaries:read").waitFor();
    await hasNoBarriers();
    await inDialog("Rotate").click();
    await dialog().getByLabel("The present value ends").selectOption("in an hour");
    await dialog().getByText("--overlap-seconds 3600").waitFor();
    await hasNoBarriers();
    await inDialog("Make a new value").click();
    const second = await shownOnce();
    for (const value of [first, second])
      expect((await callApi(server.url, value)("GET", "/binaries")).status).toBe(200);

    await page.getByRole("button", { name: "ci", exact: true }).click();
    await inDialog("Rename").click();
    await dialog().getByLabel("Name").fill("build");
    await inDialog("Rename").click();
    await page.getByRole("button", { name: "build", exact: true }).click();
    await inDialog("Revoke").click();
    await confirm("Revoke the key", "build");
    expect((await callApi(server.url, second)("GET", "/binaries")).status).toBe(401);
    await page.getByRole("row").filter({ hasText: "build" }).locator("[data-state=revoked]").waitFor();
    await page.getByRole("button", { name: "build", exact: true }).click();
    await inDialog("Delete").click();
    await confirm("Delete the key", "build");
    expect((await api("GET", "/api_keys")).body.api_keys.map(({ name }: { name: string }) => name)).not.toContain(
      "build",
    );
  });

  const onlyKey = async (name: string) =>
    (await api("GET", `/api_keys?search=${encodeURIComponent(`name:'${name}'`)}`)).body.api_keys[0];
});

describe("authorities in the console", () => {
  it("are registered with a code that openssl signs as the page says, brought to a product, and deleted", async () => {
    const product = (await made(api, "/products", { name: "camera" })).prn;
    const cohort = (await made(api, "/cohorts", { name: "production", product_prn: product })).prn;
    openssl.run("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=line-one");
    await open("authorities");
    await page.getByText("No authorities yet").waitFor();
    await page.keyboard.press("c");
    await hasNoBarriers();
    await inDialog("Make a code").click();
    const code = await dialog().locator("[data-once]").innerText();
    const commands = await dialog().locator("code").filter({ hasText: "openssl req" }).innerText();
    for (const command of commands.split("\n")) openssl.run(command.trim().replace(/^openssl /, ""));
    await dialog().getByLabel("Certificate", { exact: true }).fill(openssl.read("ca.key").toString());
    await dialog().getByLabel("Verification certificate, from a file").setInputFiles(`${openssl.directory}/code.pem`);
    await expect
      .poll(() => dialog().getByLabel("Verification certificate", { exact: true }).inputValue())
      .toContain("BEGIN CERTIFICATE");
    await inDialog("Register the authority").click();
    await dialog()
      .getByRole("alert")
      .getByText(/holds a private key/)
      .waitFor();
    await dialog().getByLabel("Certificate", { exact: true }).fill(openssl.read("ca.pem").toString());
    await dialog().getByLabel("Description").fill("line 1");
    await hasNoBarriers();
    await inDialog("Register the authority").click();
    await page.getByRole("heading", { name: "line-one" }).waitFor();
    expect(code).toMatch(/^[0-9a-f]{32}$/);
    await page.getByText("None: who shows a certificate of it").waitFor();

    await page.keyboard.press("e");
    await dialog()
      .getByRole("checkbox", { name: /Bring devices/ })
      .check();
    await inDialog("Save").click();
    await dialog().getByRole("alert").getByText("Product is needed").waitFor();
    await find("Product", "camera");
    await find("Cohort", "production");
    await dialog().getByLabel("Tags").fill("new, line-1");
    await dialog().getByText("--jitp-tags new,line-1").waitFor();
    await hasNoBarriers();
    await inDialog("Save").click();
    await page.getByText("new, line-1").waitFor();
    await hasNoBarriers();
    const [authority] = (await api("GET", "/ca_certificates")).body.ca_certificates;
    expect(authority).toMatchObject({
      description: "line 1",
      jitp: { product_prn: product, cohort_prn: cohort, tags: ["new", "line-1"], allow_second_certificate: false },
    });
    await press("Delete");
    await confirm("Delete the authority", "line-one");
    await page.getByText("No authorities yet").waitFor();
  });
});

describe("the audit trail in the console", () => {
  it("filters in the address, shows what an entry changed, and is exported", async () => {
    await open("audit");
    await page.getByLabel("Filter by type").selectOption("CA certificate");
    await expect.poll(() => new URL(page.url()).searchParams.get("search")).toBe("type:'ca_certificate'");
    await page.getByLabel("Filter by result").selectOption("done");
    await expect
      .poll(() => new URL(page.url()).searchParams.get("search"))
      .toBe("type:'ca_certificate' and result:'done'");
    await page.getByRole("button", { name: "CA certificate updated" }).click();
    await dialog().getByRole("columnheader", { name: "Before" }).waitFor();
    await dialog()
      .getByRole("cell", { name: /"line-1"/ })
      .waitFor();
    await hasNoBarriers();
    // The entry stands in the address as well.
    await page.reload();
    await dialog().getByRole("columnheader", { name: "Before" }).waitFor();
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
    await hasNoBarriers();
    await page.getByLabel("Filter by result").selectOption("Any result");
    for (const format of ["NDJSON", "CSV"]) {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: format }).click(),
      ]);
      const text = await readFile(await download.path(), "utf8");
      expect(text).toContain("verification_code_created");
      expect(text).not.toContain("api_key");
    }
  });
});

describe("settings in the console", () => {
  it("show the command for what the form says", async () => {
    await open("settings");
    await page.getByText("--separate-signer false --required-signatures 1").waitFor();
    await page.getByLabel("Signatures").fill("3");
    await page.getByLabel("Whoever uploads a binary may not sign it").check();
    await page.getByText("--separate-signer true --required-signatures 3").waitFor();
    await hasNoBarriers();
  });
});

it.each([1_024, 1_280])("shows the whole life of a binary in %i pixels", async (width) => {
  const other = await browser.newContext({
    viewport: { width, height: 800 },
    storageState: await context.storageState(),
  });
  const tab = await other.newPage();
  const [{ prn }] = (await api("GET", "/binaries")).body.binaries;
  await tab.goto(`${server.url}/console/binaries/${prn.split(":").at(-1)}`);
  const drawing = tab.getByRole("region", { name: "The life of a binary" });
  await drawing.waitFor();
  const [inside, outside] = await drawing.evaluate((box) => {
    const { scrollWidth, clientWidth } = box as unknown as { scrollWidth: number; clientWidth: number };
    return [scrollWidth, clientWidth];
  });
  expect(inside).toBeLessThanOrEqual(outside!);
  await other.close();
});

it.each([
  ["on a phone", { viewport: { width: 390, height: 844 } }],
  ["in the dark", { colorScheme: "dark" as const }],
])("shows dialogs and drawers %s without barriers and without scrolling sideways", async (_how, options) => {
  const other = await browser.newContext({ ...options, storageState: await context.storageState() });
  const tab = await other.newPage();
  const id = (prn: string) => prn.split(":").at(-1);
  const [store] = (await api("GET", "/content_stores")).body.content_stores;
  const [entry] = (await api("GET", "/audit_logs")).body.audit_logs;
  const places = [
    ...["account", "storage", `storage/${id(store.prn)}`, `audit?entry=${id(entry.prn)}`],
    ...["webhooks", "people", "storage", "api-keys", "authorities"].map((path) => `${path}#c`),
  ];
  for (const place of places) {
    const [path, key] = place.split("#");
    await tab.goto(`${server.url}/console/${path}`);
    await tab.getByRole("heading", { level: 1 }).waitFor();
    await tab.waitForLoadState("networkidle").catch(() => {});
    if (key) await tab.keyboard.press(key);
    if (key) await tab.getByRole("dialog").waitFor();
    expect(await barriers(tab), place).toEqual([]);
    const overflow = await tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    expect(overflow, place).toBe(0);
    const inside =
      "Math.max(0, ...[...document.querySelectorAll('dialog[open] > div > div')].map((box) => box.scrollWidth - box.clientWidth))";
    expect(await tab.evaluate(inside), place).toBe(0);
  }
  await other.close();
});

it("never met what the page's policy forbids", () => {
  expect(complaints).toEqual([]);
});
