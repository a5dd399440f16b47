import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { callApi } from "./api.ts";
import { startTestServer } from "./server.ts";
import { adminSettings, openChromium, signIn } from "./support/console-page.ts";
import { makeBundle } from "./support/device.ts";
import { openShop, registerAuthority } from "./support/identities.ts";
import { startReceiver } from "./support/receiver.ts";
import { makeSigner, signedBinary } from "./support/signed.ts";
import { makeSmallFleet } from "./support/small-fleet.ts";

/* Writes a picture of every page of the console, at each width and in each theme, for people to look at. */

const folder = process.argv[2] ?? "screenshots";
const looks = {
  light: { viewport: { width: 1280, height: 800 } },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 } },
} as const;

const server = await startTestServer({ ...adminSettings, PERIDIO_WEBHOOK_ALLOW_PRIVATE: "true" });
const receiver = await startReceiver();
const shop = openShop();
const browser = await openChromium();
try {
  const api = callApi(server.url);
  const binary = await signedBinary(server, api, await makeSigner(api));
  const bundle = await makeBundle(api, [binary]);
  const { product, cohort, release, device, override } = await makeSmallFleet(api, bundle);
  const id = (prn: string) => prn.split(":").at(-1);
  const url = "s3://acme-firmware/peridio?region=eu-central-1";
  const credentials = { access_key_id: "AKIDEXAMPLE", secret_access_key: "not a real one" };
  const store = (await api("POST", "/content_stores", { name: "ours", url, credentials })).body.content_store.prn;
  const hook = {
    url: receiver.url,
    description: "the build farm",
    enabled_events: ["binary.signed", "release.halted"],
  };
  const webhook = (await api("POST", "/webhooks", hook)).body.webhook.prn;
  await api("POST", `/webhooks/${webhook}/test_fire`);
  await api("POST", "/invitations", { email: "eve@example.com", role: "signer" });
  await api("POST", "/api_keys", { name: "ci", scopes: ["binaries:read", "binaries:write"] });
  const authority = await registerAuthority(api, shop, shop.makeAuthority("line-1"), {
    product_prn: product,
    tags: ["new"],
  });
  await api("PATCH", `/ca_certificates/${authority}`, { description: "the first line" });
  const { audit_logs: trail } = (await api("GET", `/audit_logs?search=${encodeURIComponent("subtype:'updated'")}`))
    .body;
  const lists = ["artifacts", "binaries", "signing-keys", "bundles", "releases", "overrides"];
  const others = [
    "products",
    "cohorts",
    "devices",
    "authorities",
    "storage",
    "webhooks",
    "audit",
    "people",
    "api-keys",
    "settings",
    "account",
  ];
  const details = {
    ...{ binaries: binary, bundles: bundle, releases: release, products: product, cohorts: cohort },
    ...{ devices: device, overrides: override },
    ...{ webhooks: webhook, storage: store, authorities: authority },
  };
  const paths = ["", ...lists, ...others, ...Object.entries(details).map(([area, prn]) => `${area}/${id(prn)}`)];
  /* Name, page, and the buttons that are pressed there until it is open. */
  const dialogs: [string, string, ...string[]][] = [
    ["bundle", "bundles", "New bundle"],
    ["release", `bundles/${id(bundle)}`, "Release"],
    ["release-edit", `releases/${id(release)}`, "Edit"],
    ["release-delete", `releases/${id(release)}`, "Delete"],
    ["override", "overrides", "New override"],
    ["product", "products", "New product"],
    ["cohort", `products/${id(product)}`, "New cohort"],
    ["device", `cohorts/${id(cohort)}`, "New device"],
    ["certificate", `devices/${id(device)}`, "Register a certificate"],
    ["quarantine", `devices/${id(device)}`, "Quarantine"],
    ["webhook", "webhooks", "New webhook"],
    ["delivery", `webhooks/${id(webhook)}`, "webhook.test_fire"],
    ["invite", "people", "Invite"],
    ["role", "people", "Change the role of ada@example.com"],
    ["api-key-new", "api-keys", "New key"],
    ["api-key", "api-keys", "ci"],
    ["api-key-rotate", "api-keys", "ci", "Rotate"],
    ["api-key-revoke", "api-keys", "ci", "Revoke"],
    ["store", "storage", "Add a store"],
    ["move", "storage", "Move content"],
    ["activate", `storage/${id(store)}`, "Activate"],
    ["authority", "authorities", "Register"],
    ["authority-code", "authorities", "Register", "Make a code"],
    ["authority-edit", `authorities/${id(authority)}`, "Edit"],
    ["entry", `audit?entry=${id(trail[0].prn)}`],
    ["second-factor", "account", "Set up"],
  ];
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
    for (const [name, path, ...presses] of dialogs) {
      await page.goto(`${server.url}/console/${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      for (const button of presses) await page.getByRole("button", { name: button, exact: true }).first().click();
      await page.getByRole("dialog").waitFor();
      await page.waitForTimeout(500);
      await page.screenshot({ path: join(folder, `dialog-${name}-${look}.png`) });
    }
  }
} finally {
  await browser.close();
  await server.stop();
  await receiver.stop();
  shop.remove();
}
