import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, callApi, makeBinary, sendPart, sha256, untilVerified } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { makeSigningPair } from "./support/official-client.ts";
import { addOrganization } from "./support/organization.ts";
import { contradictions } from "./support/stored.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.stop();
});

const content = randomBytes(100);

/** An organization with these rules: its admin, and ways to make keys, binaries and signatures. */
async function organizationWith(rules: { separate_signer?: boolean; required_signatures?: number }) {
  const { prn, key } = await addOrganization(server, "Rules");
  const admin = callApi(server.url, key);
  const updated = await admin("PATCH", `/organizations/${prn}`, rules);
  expect(updated.body.organization).toMatchObject(rules);
  const newKey = async (by: Api, ...scopes: string[]): Promise<Api> => {
    const { body } = await by("POST", "/api_keys", { name: scopes.join(), scopes });
    return callApi(server.url, body.api_key.value);
  };
  const upload = async (by: Api): Promise<string> => {
    const binary = await makeBinary(admin, content);
    expect(await sendPart(by, binary, 1, content)).toBe(200);
    await by("PATCH", `/binaries/${binary}`, { state: "hashable" });
    await untilVerified(admin, binary);
    return binary;
  };
  const pairs = await Promise.all(
    Array.from({ length: 3 }, async (_, number) => {
      const pair = makeSigningPair();
      const { body } = await admin("POST", "/signing_keys", { name: `key ${number}`, value: pair.value });
      return { ...pair, prn: body.signing_key.prn as string };
    }),
  );
  const sign = (by: Api, binary: string, pair = pairs[0]!) =>
    by("POST", "/binary_signatures", {
      binary_prn: binary,
      signing_key_prn: pair.prn,
      signature: pair.sign(sha256(content)),
    });
  const state = async (binary: string) => (await admin("GET", `/binaries/${binary}`)).body.binary.state as string;
  return { admin, newKey, upload, pairs, sign, state };
}

describe("where the signer must be another one than the uploader", () => {
  it("the key that uploaded can't sign, and another one can", async () => {
    const { admin, newKey, upload, sign, state } = await organizationWith({ separate_signer: true });
    const uploader = await newKey(admin, "binaries:read", "binaries:write", "binaries:sign");
    const signer = await newKey(admin, "binaries:read", "binaries:sign");
    const binary = await upload(uploader);
    const refused = await sign(uploader, binary);
    expect(refused.status).toBe(403);
    expect(refused.body.errors.detail).toMatch(
      /asks for a signer other than the uploader; 'prn:1:.*:api_key:.*' uploaded/,
    );
    expect(await state(binary)).toBe("signable");
    const { audit_logs } = (await admin("GET", "/audit_logs?limit=1")).body;
    expect(audit_logs[0]).toMatchObject({ type: "request", subtype: "refused", result: "denied" });
    expect((await sign(signer, binary)).status).toBe(201);
    expect(await state(binary)).toBe("signed");
  });

  it("a key that the uploader made can't sign, nor can the one who made the uploading key", async () => {
    const { admin, newKey, upload, sign } = await organizationWith({ separate_signer: true });
    const uploader = await newKey(admin, "admin");
    const puppet = await newKey(uploader, "binaries:sign");
    expect((await sign(puppet, await upload(uploader))).status).toBe(403);
    expect((await sign(admin, await upload(uploader))).status).toBe(403);
    const other = await newKey(admin, "binaries:sign");
    expect((await sign(other, await upload(uploader))).status).toBe(201);
  });

  it("counts everybody who brought a part, until the binary is reset", async () => {
    const { admin, newKey, upload, sign } = await organizationWith({ separate_signer: true });
    const first = await newKey(admin, "binaries:write", "binaries:sign");
    const second = await newKey(admin, "binaries:write", "binaries:sign");
    const binary = await makeBinary(admin, content);
    expect(await sendPart(first, binary, 1, content)).toBe(200);
    expect(await sendPart(second, binary, 1, content)).toBe(200);
    await admin("PATCH", `/binaries/${binary}`, { state: "hashable" });
    await untilVerified(admin, binary);
    expect((await sign(first, binary)).status).toBe(403);
    expect((await sign(second, binary)).status).toBe(403);
    await admin("PATCH", `/binaries/${binary}`, { state: "uploadable" });
    expect(await sendPart(second, binary, 1, content)).toBe(200);
    await admin("PATCH", `/binaries/${binary}`, { state: "hashable" });
    await untilVerified(admin, binary);
    expect((await sign(first, binary)).status).toBe(201);
    expect((await sign(first, await upload(second))).status).toBe(201);
  });

  it("also counts who uploaded in one request", async () => {
    const { admin, newKey, sign } = await organizationWith({ separate_signer: true });
    const { body } = await admin("POST", "/api_keys", { name: "direct", scopes: ["binaries:write", "binaries:sign"] });
    const binary = await makeBinary(admin, content);
    const answer = await fetch(`${server.url}/binaries/${binary}/content`, {
      method: "PUT",
      headers: { authorization: `Bearer ${body.api_key.value}` },
      body: new Uint8Array(content),
    });
    expect(answer.status).toBe(200);
    expect((await sign(callApi(server.url, body.api_key.value), binary)).status).toBe(403);
    expect((await sign(await newKey(admin, "binaries:sign"), binary)).status).toBe(201);
  });
});

describe("where several have to sign", () => {
  it("a binary is signed with the last of them, and no longer without one", async () => {
    const { admin, upload, pairs, sign, state } = await organizationWith({ required_signatures: 2 });
    const binary = await upload(admin);
    const first = await sign(admin, binary, pairs[0]);
    expect(first.status).toBe(201);
    expect(await state(binary)).toBe("signable");
    // The same key twice is one.
    expect((await sign(admin, binary, pairs[0])).status).toBe(201);
    expect(await state(binary)).toBe("signable");
    await sign(admin, binary, pairs[1]);
    expect(await state(binary)).toBe("signed");
    await admin("DELETE", `/binary_signatures/${first.body.binary_signature.prn}`);
    expect(await state(binary)).toBe("signable");
    await sign(admin, binary, pairs[2]);
    expect(await state(binary)).toBe("signed");
  });

  it("two at the same time make it signed once", async () => {
    const { admin, upload, pairs, sign, state } = await organizationWith({ required_signatures: 3 });
    const binary = await upload(admin);
    const answers = await Promise.all(pairs.map((pair) => sign(admin, binary, pair)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await state(binary)).toBe("signed");
    const { events } = (await admin("GET", `/events?resource_prn=${binary}&subtype=signed`)).body;
    expect(events).toHaveLength(1);
  });

  it("a revoked key's signature doesn't count, neither to sign nor to download", async () => {
    const { admin, upload, pairs, sign, state } = await organizationWith({ required_signatures: 2 });
    const binary = await upload(admin);
    await sign(admin, binary, pairs[0]);
    await admin("PATCH", `/signing_keys/${pairs[0]!.prn}`, { revoked: true });
    await sign(admin, binary, pairs[1]);
    expect(await state(binary)).toBe("signable");
    await sign(admin, binary, pairs[2]);
    expect(await state(binary)).toBe("signed");
    const link = (await admin("GET", `/binaries/${binary}/download_url`)).body.download_url;
    expect((await fetch(link)).status).toBe(200);
    await admin("PATCH", `/signing_keys/${pairs[1]!.prn}`, { revoked: true });
    const refused = await fetch(link);
    expect(refused.status).toBe(409);
    expect(JSON.stringify(await refused.json())).toContain("only 1 of 2 keys that signed this binary are not revoked");
  });

  it("those that were signed before the rule stay so", async () => {
    const { admin, upload, sign, state, pairs } = await organizationWith({ required_signatures: 1 });
    const binary = await upload(admin);
    await sign(admin, binary, pairs[0]);
    const { organization_prn } = (await admin("GET", "/users/me")).body.data;
    await admin("PATCH", `/organizations/${organization_prn}`, { required_signatures: 3 });
    expect(await state(binary)).toBe("signed");
    expect((await admin("GET", `/binaries/${binary}/download_url`)).status).toBe(200);
  });
});

it.each([0, 11, 1.5, "two"])("%s is no number of signatures", async (required_signatures) => {
  const { prn, key } = await addOrganization(server, "Rules");
  const answer = await callApi(server.url, key)("PATCH", `/organizations/${prn}`, { required_signatures });
  expect(answer.status).toBe(422);
  expect(answer.body.errors).toHaveProperty("required_signatures");
});

it("usage and trails are as they should be after all of this", () => {
  // A binary with one of two signatures is `signable`: the rules of one signature don't hold here.
  expect(contradictions(server).filter((problem) => !problem.endsWith("signatures"))).toEqual([]);
});
