import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChains } from "../server/src/distribution/fleet/chains.fixture.ts";
import { type Answer, type Api, callApi, makeVersion, sha256, untilVerified } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { makeSigningPair, officialClient, type SigningPair, uploadParts } from "./support/official-client.ts";
import { readError, shapeProblems } from "./support/shape.ts";

let server: TestServer;
let api: Api;

beforeAll(async () => {
  server = await startTestServer();
  api = officialClient({ base: server.url });
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

const described = { description: "a word", custom_metadata: { foo: "bar" } };
const bare = { description: null, custom_metadata: null };
const bytes = randomBytes(100);

function createArtifact(words: object): Promise<Answer> {
  return api("POST", "/artifacts", { name: `firmware ${randomBytes(8).toString("hex")}`, ...words });
}

async function createVersion(words: object): Promise<Answer> {
  const { prn } = (await createArtifact({})).body.artifact;
  return api("POST", "/artifact_versions", { artifact_prn: prn, version: "v0.0.1", ...words });
}

async function createBinary(words: object): Promise<Answer> {
  const version = await makeVersion(api);
  return api("POST", "/binaries", { artifact_version_prn: version, target: "universal", ...words });
}

async function signable(): Promise<string> {
  const { prn } = (await createBinary({ hash: sha256(bytes), size: bytes.length })).body.binary;
  await uploadParts(api, prn, bytes);
  await api("PATCH", `/binaries/${prn}`, { prn, state: "hashable" });
  expect((await untilVerified(api, prn)).state).toBe("signable");
  return prn;
}

async function register(pair: SigningPair): Promise<{ prn: string; keyid: string }> {
  return (await api("POST", "/signing_keys", { name: "b", value: pair.value })).body.signing_key;
}

describe.each([
  { words: "filled", fields: described },
  { words: "null", fields: bare },
  { words: "absent", fields: {} },
])("with $words description and metadata, the official SDK can parse", ({ fields }) => {
  it("an artifact", async () => {
    const created = await createArtifact(fields);
    expectShape(created, "artifacts-create-201");
    const path = `/artifacts/${created.body.artifact.prn}`;
    expectShape(await api("GET", path), "artifacts-get-200");
    expectShape(await api("PATCH", path, fields), "artifacts-update-200");
  });

  it("an artifact version", async () => {
    const created = await createVersion(fields);
    expectShape(created, "artifact-versions-create-201");
    const path = `/artifact_versions/${created.body.artifact_version.prn}`;
    expectShape(await api("GET", path), "artifact-versions-get-200");
    expectShape(await api("PATCH", path, fields), "artifact-versions-update-200");
  });

  it("a binary", async () => {
    const created = await createBinary({ hash: sha256(bytes), size: bytes.length, ...fields });
    expectShape(created, "binaries-create-201");
    const path = `/binaries/${created.body.binary.prn}`;
    expectShape(await api("GET", path), "binaries-get-200");
    expectShape(await api("PATCH", path, fields), "binaries-update-200");
  });

  it("a binary whose hash and size aren't known yet", async () => {
    const created = await createBinary({ hash: null, size: null, ...fields });
    expectShape(created, "binaries-create-201");
    expect(created.body.binary).toMatchObject({ hash: null, size: null });
  });
});

describe("the official SDK can parse", () => {
  it.each([
    "/artifacts",
    "/artifact_versions",
    "/binaries",
    "/signing_keys",
    "/binary_signatures",
  ])("the list %s, with a next page and at its end", async (path) => {
    const first = await api("GET", `${path}?limit=1`);
    expect(first.status).toBe(200);
    expect(Object.keys(first.body).sort()).toEqual([path.slice(1), "next_page"].sort());
    const last = await api("GET", `${path}?search=${encodeURIComponent("inserted_at:'2000-01-01T00:00:00Z'")}`);
    expect(last.body).toEqual({ [path.slice(1)]: [], next_page: null });
  });

  it("each item of a list like the one object", async () => {
    await createBinary({});
    await createBinary(described);
    for (const [list, name, wrapper] of [
      ["artifacts", "artifacts-get-200", "artifact"],
      ["artifact_versions", "artifact-versions-get-200", "artifact_version"],
      ["binaries", "binaries-get-200", "binary"],
    ] as const) {
      const { body } = await api("GET", `/${list}?limit=100`);
      expect(body[list].length).toBeGreaterThan(1);
      for (const item of body[list]) expect(shapeProblems({ [wrapper]: item }, fixture(name))).toEqual([]);
    }
  });

  it("a part when it is announced, and parts in their list without links", async () => {
    // The SDK has no fixture of parts; these are the fields that its structures require.
    const part = {
      binary_prn: "",
      hash: "",
      index: 1,
      inserted_at: "",
      organization_prn: "",
      prn: "",
      size: 1,
      state: "",
    };
    const { prn } = (await createBinary({ hash: sha256(bytes), size: bytes.length })).body.binary;
    const body = { binary_prn: prn, index: 1, expected_binary_size: 100, hash: sha256(bytes), size: 100 };
    const announced = await api("PUT", `/binaries/${prn}/parts/1`, body);
    expect(announced.status).toBe(201);
    const withLink = { binary_part: { ...part, updated_at: "", presigned_upload_url: "" } };
    expect(shapeProblems(announced.body, withLink)).toEqual([]);
    const listed = await api("GET", `/binaries/${prn}/parts`);
    expect(listed.body.binary_parts).toHaveLength(1);
    expect(shapeProblems(listed.body, { binary_parts: [{ ...part, updated_at: "" }], next_page: "" })).toEqual([]);
  });

  it("a signed binary, with what it needs of each signature", async () => {
    const prn = await signable();
    const pair = makeSigningPair();
    const key = await register(pair);
    await api("POST", "/binary_signatures", {
      binary_prn: prn,
      signing_key_prn: key.prn,
      signature: pair.sign(sha256(bytes)),
    });
    const { body } = await api("GET", `/binaries/${prn}`);
    expect(body.binary.signatures).toHaveLength(1);
    const signature = { signature: "", signing_key_prn: "", keyid: "" };
    expect(shapeProblems(body.binary.signatures, [signature])).toEqual([]);
  });

  it("a download link, without a wrapper", async () => {
    const answer = await api("GET", `/binaries/${await signable()}/download_url`);
    expectShape(answer, "binaries-download-url-200");
    expect(Object.keys(answer.body)).toEqual(["download_url", "urls"]);
  });

  it.each([
    { named: "by its PRN", fixture: "binary-signatures-create-201", by: ["prn"] },
    { named: "by its keyid", fixture: "binary-signatures-create-keyid-201", by: ["keyid"] },
    { named: "by both", fixture: "binary-signatures-create-both-201", by: ["prn", "keyid"] },
  ] as const)("a signature whose key is named $named", async ({ fixture, by }) => {
    const pair = makeSigningPair();
    const { prn, keyid } = await register(pair);
    const answer = await api("POST", "/binary_signatures", {
      binary_prn: await signable(),
      signature: pair.sign(sha256(bytes)),
      ...Object.fromEntries(by.map((name) => [`signing_key_${name}`, { prn, keyid }[name]])),
    });
    expectShape(answer, fixture);
    expect(answer.body.binary_signature).toMatchObject({ signing_key_prn: prn, keyid });
  });

  it("the list of signatures", async () => {
    const answer = await api("GET", "/binary_signatures?limit=2");
    expect(answer.body.binary_signatures).toHaveLength(2);
    expectShape(answer, "binary-signatures-list-200");
  });

  it("a signing key", async () => {
    const created = await api("POST", "/signing_keys", { name: "b", value: makeSigningPair().value });
    expectShape(created, "signing-keys-create-201");
    const path = `/signing_keys/${created.body.signing_key.prn}`;
    expectShape(await api("GET", path), "signing-keys-get-200");
    expectShape(await api("PATCH", path, { name: "c" }), "signing-keys-get-200");
  });
});

describe("of what devices are known by, the official SDK can parse", () => {
  const create = async (path: string, body?: object) => api("POST", path, body);
  const createProduct = () => create("/products", { name: `camera ${randomBytes(8).toString("hex")}` });

  it("a product", async () => {
    const created = await createProduct();
    expectShape(created, "products-v2-create-201");
    const path = `/products/${created.body.product.prn}`;
    expectShape(await api("GET", path), "products-v2-get-200");
    expectShape(await api("PATCH", path, { archived: true }), "products-v2-update-200");
  });

  it("a cohort", async () => {
    const { prn } = (await createProduct()).body.product;
    const created = await create("/cohorts", { name: "a", product_prn: prn, description: null });
    expectShape(created, "cohorts-create-201");
    const path = `/cohorts/${created.body.cohort.prn}`;
    expectShape(await api("GET", path), "cohorts-get-200");
    expectShape(await api("PATCH", path, { description: "string" }), "cohorts-update-200");
  });

  it("a device", async () => {
    const { prn } = (await createProduct()).body.product;
    const cohort = (await create("/cohorts", { name: "a", product_prn: prn })).body.cohort.prn;
    const fields = { cohort_prn: cohort, tags: ["tag-1"], target: "arm", description: "test" };
    const created = await create("/devices", { identifier: "sn1234", product_prn: prn, ...fields });
    expectDevice(created, "devices-create-201");
    const path = `/devices/${created.body.device.prn}`;
    expectDevice(await api("GET", path), "devices-get-200");
    expectDevice(await api("PATCH", path, { prn: created.body.device.prn, quarantined: true }), "devices-update-200");
    expectDevice(await api("GET", "/devices?limit=1"), "devices-list-200");
  });

  /** The fixtures' device has connected and reported; of ours these are null, which the SDK takes. */
  function expectDevice(answer: Answer, name: string): void {
    const reported = /"(last_connected_at|reported_\w+)":null/g;
    expect(JSON.stringify(answer.body).match(reported)).toHaveLength(4);
    const filled = JSON.parse(JSON.stringify(answer.body).replaceAll(reported, '"$1":"x"'));
    expectShape({ ...answer, body: filled }, name);
  }

  it("certificates of devices and authorities, and a verification code", async () => {
    using chains = openChains();
    const { prn } = (await createProduct()).body.product;
    const device_prn = (await create("/devices", { identifier: "sn5", product_prn: prn })).body.device.prn;
    const base64 = (pem: string) => Buffer.from(pem).toString("base64");
    const certificate = base64(chains.issue("sn5"));
    const created = await create("/device_certificates", { device_prn, certificate });
    expectShape(created, "device-certificates-create-201");
    const path = `/device_certificates/${created.body.device_certificate.prn}`;
    expectShape(await api("GET", path), "device-certificates-get-200");
    expectShape(await api("GET", "/device_certificates"), "device-certificates-list-200");

    const code = await create("/ca_certificates/verification_codes");
    expectShape(code, "ca-certificates-verification-code-create-201");
    const authority = base64(chains.authority("ca"));
    const proof = base64(chains.issue("proof", { by: "ca", commonName: code.body.verification_code }));
    const body = { certificate: authority, verification_certificate: proof, description: "test" };
    const registered = await create("/ca_certificates", body);
    expectShape(registered, "ca-certificates-create-201");
    const at = `/ca_certificates/${registered.body.ca_certificate.prn}`;
    expectShape(await api("GET", at), "ca-certificates-get-200");
    expectShape(await api("PATCH", at, { description: "test-updated" }), "ca-certificates-update-200");
    expectShape(await api("GET", "/ca_certificates"), "ca-certificates-list-200");
  });
});

describe("where a fixture is not what the SDK's code wants", () => {
  it("the list of signing keys is under the plural: the code wants that, the fixture has the singular", async () => {
    const { signing_key } = fixture("signing-keys-list-200") as { signing_key: unknown[] };
    const { status, body } = await api("GET", "/signing_keys");
    expect(status).toBe(200);
    expect(body.signing_keys.length).toBeGreaterThan(1);
    expect(shapeProblems(body.signing_keys, signing_key)).toEqual([]);
  });

  it("the caller's organization has a PRN of three parts: `bundles push` builds others from it", async () => {
    const answer = await api("GET", "/users/me");
    expectShape(answer, "users-me-200");
    expect(answer.body.data.organization_prn.split(":")).toHaveLength(3);
  });

  it("a signature that names no key is a 422, though the SDK's tests invent an answer for it", async () => {
    expect(fixture("binary-signatures-create-neither-201")).toHaveProperty("binary_signature");
    const answer = await api("POST", "/binary_signatures", { binary_prn: await signable(), signature: "00" });
    expect([answer.status, answer.body]).toEqual([
      422,
      { errors: { signing_key_prn: ["is required, or signing_key_keyid in its place"] } },
    ]);
  });
});

describe("errors", () => {
  it("of status 422 are a map from fields to sentences, as in the fixture", async () => {
    expect(readError(fixture("422")).form).toBe("fields");
    const answer = await api("POST", "/artifacts", { name: "" });
    expect(answer.status).toBe(422);
    expect(readError(answer.body)).toEqual({
      form: "fields",
      fields: { name: ["must have at least 1 character; got 0"] },
    });
  });

  it.each([
    { status: 400, fixture: "error-parameter-400", key: undefined, path: "/artifacts?limit=0" },
    { status: 401, fixture: "error-unauthenticated-401", key: "badkey", path: "/artifacts" },
    { status: 403, fixture: "error-unauthorized-403", key: "narrow", path: "/artifacts" },
    { status: 403, fixture: "403", key: "narrow", path: "/artifacts" },
  ])("of status $status carry a detail, which the SDK shows better than the form of $fixture", async (row) => {
    // Both older forms parse too, but as raw JSON or one word: what is wrong would be lost on the way to the user.
    expect(["status", "raw"]).toContain(readError(fixture(row.fixture)).form);
    const key = row.key === "narrow" ? await narrowKey() : row.key;
    const answer = await callApi(server.url, key)("GET", row.path);
    expect(answer.status).toBe(row.status);
    expect(readError(answer.body).form).toBe("detail");
    expect(answer.body.errors.code).toMatch(/^[a-z_]+$/);
  });
});

async function narrowKey(): Promise<string> {
  const { body } = await api("POST", "/api_keys", { name: "narrow", scopes: ["signing_keys:read"] });
  return body.api_key.value;
}
