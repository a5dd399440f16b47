import { createHash, randomUUID } from "node:crypto";
import { canonicalJson } from "@open-peridio/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { openOpenssl } from "./support/openssl.ts";
import { addOrganization } from "./support/organization.ts";
import { makeVerified, registerSigner, type Signer } from "./support/signed-binary.ts";

let server: TestServer;
let api: Api;
let second: Api;
let signer: Signer;

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
  second = (method, path, body) => api(method, path, body, { "x-api-version": "2" });
  signer = await registerSigner(api);
});
afterAll(() => server.stop());

const signed = (more: object = {}) => makeVerified({ url: server.url, api }, { signer, ...more });
const bundleOf = async (...prns: string[]) => {
  const { status, body } = await second("POST", "/bundles", { binaries: prns.map((prn) => ({ prn })) });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.bundle;
};

describe("a bundle", () => {
  it("has its binaries in order, the metadata that they have then, and the hash of all that", async () => {
    const [one, two] = [await signed(), await signed()];
    await api("PATCH", `/artifact_versions/${two.version}`, { custom_metadata: { from: "version" } });
    const { body } = await second("POST", "/bundles", {
      name: "both",
      binaries: [{ prn: two.prn }, { prn: one.prn, custom_metadata: { from: "bundle" } }],
    });
    const members = [
      { prn: two.prn, custom_metadata: { from: "version" } },
      { prn: one.prn, custom_metadata: { from: "bundle" } },
    ];
    expect(body.bundle).toMatchObject({ name: "both", binaries: members });
    expect(body.bundle).not.toHaveProperty("artifact_versions");
    const manifest = await Promise.all(
      members.map(async ({ prn, custom_metadata }) => {
        const { binary } = (await api("GET", `/binaries/${prn}`)).body;
        const version = (await api("GET", `/artifact_versions/${binary.artifact_version_prn}`)).body.artifact_version;
        const idOf = (name: string) => name.split(":").at(-1);
        return {
          hash: binary.hash,
          size: binary.size,
          binary_id: idOf(prn),
          target: binary.target,
          artifact_version_id: idOf(version.prn),
          artifact_id: idOf(version.artifact_prn),
          custom_metadata,
        };
      }),
    );
    expect(body.bundle.hash).toBe(createHash("sha256").update(canonicalJson(manifest)).digest("hex"));
    // What is in a bundle stays as it was.
    await api("PATCH", `/artifact_versions/${two.version}`, { custom_metadata: { from: "later" } });
    expect((await second("GET", `/bundles/${body.bundle.prn}`)).body).toEqual(body);
  });

  it("answers as versions when no header or version 1 asks", async () => {
    const { version } = await signed();
    const made = await api("POST", "/bundles", { artifact_version_prns: [version], name: null });
    expect(made.status).toBe(201);
    expect(made.body.bundle.artifact_versions).toEqual([version]);
    expect(made.body.bundle).not.toHaveProperty("hash");
    const search = encodeURIComponent(`prn:'${made.body.bundle.prn}'`);
    const listed = await api("GET", `/bundles?search=${search}`, undefined, { "x-api-version": "1" });
    expect(listed.body).toEqual({ bundles: [made.body.bundle], next_page: null });
  });

  it("takes a version in the place of its binaries, as the official CLI sends it", async () => {
    const { prn, version } = await signed();
    const bundle = await bundleOf(version);
    expect(bundle.binaries).toEqual([{ prn, custom_metadata: null }]);
  });

  it("is the same one when it is made again, unless it has an id of its own", async () => {
    const { prn } = await signed();
    const bundle = await bundleOf(prn);
    expect((await bundleOf(prn)).prn).toBe(bundle.prn);
    const id = randomUUID();
    const other = await second("POST", "/bundles", { id, binaries: [{ prn }] });
    expect(other.body.bundle).toMatchObject({ prn: bundle.prn.replace(/[^:]+$/, id), hash: bundle.hash });
    const again = await second("POST", "/bundles", { id, binaries: [{ prn }] });
    expect(again.body.errors.id).toEqual([`is taken by another bundle; got '${id}'`]);
  });

  it("takes only signed binaries, and each once", async () => {
    const { prn } = await makeVerified({ url: server.url, api });
    const good = await signed();
    const refused = await second("POST", "/bundles", { binaries: [{ prn: good.prn }, { prn }] });
    expect(refused.status).toBe(409);
    expect(refused.body.errors.detail).toBe(
      `a bundle takes only signed binaries; sign these first: '${prn}' (signable)`,
    );
    const twice = await second("POST", "/bundles", { binaries: [{ prn: good.prn }, { prn: good.version }] });
    expect(twice.body.errors.binaries).toEqual([`names the binary '${good.prn}' twice`]);
    const none = await second("POST", "/bundles", {});
    expect(none.body.errors.binaries).toEqual(["is required, or artifact_version_prns in its place"]);
    const missing = good.prn.replace(/[^:]+$/, randomUUID());
    expect((await second("POST", "/bundles", { binaries: [{ prn: missing }] })).status).toBe(404);
  });

  it("of another organization can't be made, seen or used", async () => {
    const { prn } = await signed();
    const bundle = await bundleOf(prn);
    const strangers = callApi(server.url, (await addOrganization(server, "Strangers")).key);
    expect((await strangers("POST", "/bundles", { binaries: [{ prn }] })).status).toBe(404);
    expect((await strangers("GET", `/bundles/${bundle.prn}`)).status).toBe(404);
  });

  it("keeps the signature that its binary needs, and goes only when nothing uses it", async () => {
    const binary = await signed();
    const bundle = await bundleOf(binary.prn);
    const kept = await api("DELETE", `/binary_signatures/${binary.signature}`);
    expect(kept.status).toBe(409);
    expect(kept.body.errors.detail).toContain(`the bundle '${bundle.prn}' has this binary`);
    const override = await api("POST", "/bundle_overrides", {
      name: "now",
      bundle_prn: bundle.prn,
      starts_at: "2026-01-31T00:00:00.123456789Z",
    });
    expect(override.body.bundle_override).toMatchObject({ starts_at: "2026-01-31T00:00:00.123456Z", ends_at: null });
    const used = await api("DELETE", `/bundles/${bundle.prn}`);
    expect(used.status).toBe(409);
    expect(used.body.errors.detail).toContain(override.body.bundle_override.prn);
    expect((await api("DELETE", `/bundle_overrides/${override.body.bundle_override.prn}`)).status).toBe(204);
    expect((await api("DELETE", `/bundles/${bundle.prn}`)).status).toBe(204);
    expect((await api("DELETE", `/binary_signatures/${binary.signature}`)).status).toBe(200);
  });
});

describe("a signature of a bundle", () => {
  it("is over its hash, by keys of every kind", async () => {
    const bundle = await bundleOf((await signed()).prn);
    const body = { bundle_prn: bundle.prn, signing_key_prn: signer.prn, signature: signer.pair.sign(bundle.hash) };
    const made = await api("POST", "/bundle_signatures", body);
    expect(made.status).toBe(201);
    expect((await api("POST", "/bundle_signatures", body)).body).toEqual(made.body);
    const openssl = openOpenssl();
    openssl.write("hash", bundle.hash);
    for (const [name, options] of [
      ["rsa", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048"],
      ["ec", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256"],
    ] as const) {
      const key = await api("POST", "/signing_keys", { name, value: openssl.makeKey(name, options) });
      openssl.run(`dgst -sha256 -sign ${name}.pem -out signature hash`);
      const signature = openssl.read("signature").toString("base64");
      const answer = await api("POST", "/bundle_signatures", {
        bundle_prn: bundle.prn,
        signing_key_keyid: key.body.signing_key.keyid,
        signature,
      });
      expect(answer.status, name).toBe(201);
      const gone = await api("DELETE", `/signing_keys/${key.body.signing_key.prn}`);
      expect(gone.body.errors.detail).toContain(bundle.prn);
    }
    openssl.remove();
    expect((await api("GET", `/bundles/${bundle.prn}/signatures`)).body.signatures).toHaveLength(3);
  });

  it("over anything else is refused in the words that the official CLI looks for", async () => {
    const bundle = await bundleOf((await signed()).prn);
    const body = { bundle_prn: bundle.prn, signing_key_prn: signer.prn, signature: signer.pair.sign("") };
    const { status, body: answer } = await api("POST", "/bundle_signatures", body);
    expect(status).toBe(422);
    expect(answer.errors.signature[0]).toContain("Invalid signature");
    expect(answer.errors.signature[0]).toContain("sign the hash of the bundle");
  });
});

describe("a bundle override", () => {
  it("has devices, each once, and counts in what a binary's end would hit", async () => {
    const { prn } = await signed();
    const bundle = await bundleOf(prn);
    const now = new Date().toISOString();
    const { bundle_override } = (
      await api("POST", "/bundle_overrides", { name: "lab", bundle_prn: bundle.prn, starts_at: now })
    ).body;
    const product = (await api("POST", "/products", { name: "camera" })).body.product;
    const devices = await Promise.all(
      ["a", "b"].map(async (identifier) => {
        const answer = await api("POST", "/devices", { identifier, product_prn: product.prn });
        return answer.body.device.prn as string;
      }),
    );
    const path = `/bundle_overrides/${bundle_override.prn}/devices`;
    for (const device_prn of devices) expect((await api("POST", path, { device_prn })).status).toBe(201);
    const again = await api("POST", path, { device_prn: devices[0] });
    expect(again.status).toBe(201);
    const first = (await api("GET", `${path}?limit=1&order=asc`)).body;
    expect(first.devices).toEqual([again.body.device]);
    const { usage } = (await api("GET", `/binaries/${prn}/usage`)).body;
    expect(usage).toMatchObject({ bundle_count: 1, release_count: 0, bundle_override_count: 1, device_count: 2 });
    const removed = await api("DELETE", `${path}/${devices[0]}`);
    expect(removed).toMatchObject({ status: 200, body: {} });
    expect((await api("DELETE", `${path}/${devices[0]}`)).status).toBe(404);
    expect((await api("GET", path)).body).toMatchObject({ devices: [{ device_prn: devices[1] }], next_page: null });
  });

  it("ends after it starts", async () => {
    const bundle = await bundleOf((await signed()).prn);
    const [starts_at, ends_at] = ["2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z"];
    const body = { name: "never", bundle_prn: bundle.prn, starts_at, ends_at };
    expect((await api("POST", "/bundle_overrides", body)).body.errors.ends_at).toEqual([
      "must be after starts_at, 2026-02-01T00:00:00.000000Z; got 2026-01-01T00:00:00.000000Z",
    ]);
    const wrong = await api("POST", "/bundle_overrides", { ...body, starts_at: "2026-02-30T00:00:00Z" });
    expect(wrong.body.errors.starts_at).toEqual([
      "must be a time that exists, such as 2026-01-31T00:00:00Z; got '2026-02-30T00:00:00Z'",
    ]);
  });
});
