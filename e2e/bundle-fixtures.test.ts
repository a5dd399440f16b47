import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, makeVersion, sha256, untilVerified } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { addCohort, addDevice, addProduct } from "./support/fleet.ts";
import { officialClient, uploadParts } from "./support/official-client.ts";
import { shapeProblems } from "./support/shape.ts";
import { makeSigner, signedBinary, type TestSigner } from "./support/signed.ts";

let server: TestServer;
/** The official client, which sends version 2 unless it is told otherwise. */
let cli: Api;
let cliOf1: Api;
let signer: TestSigner;
let organization: string;

beforeAll(async () => {
  server = await startTestServer();
  cli = officialClient({ base: server.url });
  cliOf1 = officialClient({ base: server.url, version: "1" });
  signer = await makeSigner(cli);
  organization = (await cli("GET", "/users/me")).body.data.organization_prn;
});
afterAll(() => server.stop());

/** A body that the official SDK parses in its own tests. */
function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8"));
}

function expectShape(answer: Answer, name: string): void {
  expect(answer.status).toBe(Number(name.slice(-3)));
  expect(shapeProblems(answer.body, fixture(name))).toEqual([]);
}

const signed = (fields = {}) => signedBinary(server, cli, signer, fields);

async function makeBundle(): Promise<{ prn: string; hash: string }> {
  return (await cli("POST", "/bundles", { binaries: [{ prn: await signed(), custom_metadata: null }], name: "b" })).body
    .bundle;
}

describe("the official SDK can parse", () => {
  it("a bundle of version 1", async () => {
    const binary = (await cli("GET", `/binaries/${await signed()}`)).body.binary;
    const body = { artifact_version_prns: [binary.artifact_version_prn], name: "a" };
    const created = await cliOf1("POST", "/bundles", body);
    expectShape(created, "bundles-create-201");
    const { prn } = created.body.bundle;
    expectShape(await cliOf1("GET", `/bundles/${prn}`), "bundles-get-200");
    expectShape(await cliOf1("PATCH", `/bundles/${prn}`, { prn, name: "b" }), "bundles-update-200");
  });

  it("a bundle of version 2, which has a hash and no artifact versions", async () => {
    const custom_metadata = { version: "1.0.0", architecture: "arm64" };
    const body = { binaries: [{ prn: await signed(), custom_metadata }], name: "a" };
    const created = await cli("POST", "/bundles", body);
    expectShape(created, "bundles-v2-create-201");
    const { prn } = created.body.bundle;
    const got = await cli("GET", `/bundles/${prn}`);
    expectShape(got, "bundles-v2-get-200");
    const updated = await cli("PATCH", `/bundles/${prn}`, { prn, name: "b" });
    expectShape(updated, "bundles-v2-update-200");
    for (const { body } of [created, got, updated]) {
      expect(body.bundle).not.toHaveProperty("artifact_versions");
      expect(body.bundle.hash).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it.each(["bundles", "bundle_signatures", "bundle_overrides"])("the list %s at its end", async (plural) => {
    const search = encodeURIComponent("inserted_at:'2000-01-01T00:00:00Z'");
    expect((await cli("GET", `/${plural}?search=${search}`)).body).toEqual({ [plural]: [], next_page: null });
  });

  it.each([
    { named: "by its PRN", fixture: "bundle-signatures-create-201", by: ["prn"] },
    { named: "by its keyid", fixture: "bundle-signatures-create-keyid-201", by: ["keyid"] },
    { named: "by both", fixture: "bundle-signatures-create-both-201", by: ["prn", "keyid"] },
  ] as const)("a bundle signature whose key is named $named", async ({ fixture, by }) => {
    const bundle = await makeBundle();
    const answer = await cli("POST", "/bundle_signatures", {
      bundle_prn: bundle.prn,
      signature: signer.sign(bundle.hash),
      ...Object.fromEntries(by.map((name) => [`signing_key_${name}`, signer[name]])),
    });
    expectShape(answer, fixture);
  });

  it("the list of bundle signatures", async () => {
    for (const bundle of [await makeBundle(), await makeBundle()]) {
      await cli("POST", "/bundle_signatures", {
        bundle_prn: bundle.prn,
        signature: signer.sign(bundle.hash),
        signing_key_prn: signer.prn,
      });
    }
    const answer = await cli("GET", "/bundle_signatures?limit=2");
    expect(answer.body.bundle_signatures).toHaveLength(2);
    expectShape(answer, "bundle-signatures-list-200");
  });

  it("a bundle override, and its devices", async () => {
    const { prn: bundle_prn } = await makeBundle();
    const fields = { starts_at: "2025-04-03T18:40:00.123456789Z", ends_at: "2025-04-04T23:50:00Z", description: "d" };
    const created = await cli("POST", "/bundle_overrides", { name: "o", bundle_prn, ...fields });
    expectShape(created, "bundle-overrides-create-201");
    const { prn } = created.body.bundle_override;
    expectShape(await cli("GET", `/bundle_overrides/${prn}`), "bundle-overrides-get-200");
    const update = { prn, name: "u", description: "u", ends_at: "2025-04-05T23:59:00Z" };
    expectShape(await cli("PATCH", `/bundle_overrides/${prn}`, update), "bundle-overrides-update-200");
    expectShape(await cli("GET", "/bundle_overrides"), "bundle-overrides-list-200");

    const product = addProduct(server, organization);
    const path = `/bundle_overrides/${prn}/devices`;
    for (let count = 0; count < 11; count++) {
      const device_prn = addDevice(server, organization, product);
      expectShape(await cli("POST", path, { device_prn }), "bundle-overrides-add-device-201");
    }
    const listed = await cli("GET", path);
    expect(listed.body.devices).toHaveLength(10);
    expectShape(listed, "bundle-overrides-list-devices-200");
    const removed = await cli("DELETE", `${path}/${listed.body.devices[0].device_prn}`);
    expect([removed.status, removed.body]).toEqual([200, {}]);
  });
});

describe("`binaries create` of the official CLI, when the binary is signed,", () => {
  /** After step 11: what it asks to name the bundle, and the bundle. */
  async function bundled(client: Api, version: "1" | "2") {
    const artifactVersion = await makeVersion(cli);
    const binary = await signed({ artifact_version_prn: artifactVersion, target: "arm64" });
    const found = (await client("GET", `/artifact_versions/${artifactVersion}`)).body.artifact_version;
    const artifact = (await client("GET", `/artifacts/${found.artifact_prn}`)).body.artifact;
    const name = `${artifact.name}@${found.version}/arm64`;
    const body =
      version === "1"
        ? { artifact_version_prns: [artifactVersion], name }
        : { binaries: [{ prn: artifactVersion, custom_metadata: null }], name };
    const answer = await client("POST", "/bundles", body);
    expect(answer.status).toBe(201);
    return { binary, bundle: answer.body.bundle, name };
  }
  /** "Now", as its clock has it. */
  const now = () => new Date().toISOString().replace("Z", "123456Z");

  it("changes an override's bundle for --bundle-override-prn", async () => {
    const { bundle } = await bundled(cli, "2");
    const first = await makeBundle();
    const made = await cli("POST", "/bundle_overrides", { name: "o", bundle_prn: first.prn, starts_at: now() });
    const { prn } = made.body.bundle_override;
    const changed = await cli("PATCH", `/bundle_overrides/${prn}`, { prn, bundle_prn: bundle.prn });
    expectShape(changed, "bundle-overrides-get-200");
    expect(changed.body.bundle_override.bundle_prn).toBe(bundle.prn);
  });

  it.each(["1", "2"] as const)("makes an override for --device-prn with version %s", async (version) => {
    const client = version === "1" ? cliOf1 : cli;
    const { bundle, name, binary } = await bundled(client, version);
    if (version === "2") expect(bundle.binaries).toEqual([{ prn: binary, custom_metadata: null }]);
    const made = await client("POST", "/bundle_overrides", {
      name,
      bundle_prn: bundle.prn,
      starts_at: now(),
      description: `Auto-created bundle override for bundle ${bundle.prn}`,
    });
    expect(made.status).toBe(201);
    const product = addProduct(server, organization);
    const device_prn = addDevice(server, organization, product, addCohort(server, organization, product));
    const path = `/bundle_overrides/${made.body.bundle_override.prn}/devices`;
    expect((await client("POST", path, { device_prn })).status).toBe(201);
  });
});

describe("`bundles push` of the official CLI", () => {
  it("makes a bundle of an archive, with its ids", async () => {
    const me = (await cli("GET", "/users/me")).body.data.organization_prn;
    const id = Object.fromEntries(
      ["bundle", "artifact", "artifact_version", "binary"].map((type) => [type, randomUUID()]),
    ) as Record<string, string>;
    const prn = (type: string) => `${me}:${type}:${id[type]}`;
    const content = randomBytes(100);
    const [hash, size] = [sha256(content), content.length];

    const text = JSON.stringify((await cli("GET", `/bundles/${prn("bundle")}`)).body);
    expect(`API Error (404): ${text}`).toContain("404");
    for (const [path, type, body] of [
      ["/artifacts", "artifact", { name: `pushed ${id.artifact}` }],
      ["/artifact_versions", "artifact_version", { artifact_prn: prn("artifact"), version: "1" }],
      ["/binaries", "binary", { artifact_version_prn: prn("artifact_version"), hash, size, target: "t" }],
    ] as const) {
      expect((await cli("GET", `${path}/${prn(type)}`)).status).toBe(404);
      const made = await cli("POST", path, { custom_metadata: null, description: null, id: id[type], ...body });
      expect([made.status, made.body[type].prn]).toEqual([201, prn(type)]);
    }
    const binary = prn("binary");
    await uploadParts(cli, binary, content);
    for (const state of ["hashable", "hashing"]) await cli("PATCH", `/binaries/${binary}`, { prn: binary, state });
    expect((await untilVerified(cli, binary)).state).toBe("signable");
    const search = `binary_prn:'${binary}' and signature.signing_key.keyid:'${signer.keyid}'`;
    const found = await cli("GET", `/binary_signatures?${new URLSearchParams({ search })}`);
    expect(found.body).toEqual({ binary_signatures: [], next_page: null });
    const signature = { binary_prn: binary, signature: signer.sign(hash), signing_key_keyid: signer.keyid };
    expect((await cli("POST", "/binary_signatures", signature)).status).toBe(201);
    expect((await cli("PATCH", `/binaries/${binary}`, { prn: binary, state: "signed" })).status).toBe(200);

    const members = [{ prn: binary, custom_metadata: null }];
    const made = await cli("POST", "/bundles", { binaries: members, id: id.bundle, name: "pushed" });
    expectShape(made, "bundles-v2-create-201");
    expect(made.body.bundle.prn).toBe(prn("bundle"));
    const bundleSignature = {
      bundle_prn: prn("bundle"),
      signature: signer.sign(made.body.bundle.hash),
      signing_key_keyid: signer.keyid,
    };
    expect((await cli("POST", "/bundle_signatures", bundleSignature)).status).toBe(201);
  });

  it("finds the words that it looks for", async () => {
    const bundle = await makeBundle();
    const refused = await cli("POST", "/bundle_signatures", {
      bundle_prn: bundle.prn,
      signature: signer.sign("another hash"),
      signing_key_keyid: signer.keyid,
    });
    const text = `API Error (${refused.status}): ${JSON.stringify(refused.body)}`;
    expect(text).toContain("Invalid signature");
    expect(text).toContain("sign the hash of the bundle");
  });
});
