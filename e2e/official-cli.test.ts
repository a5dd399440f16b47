import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, cut, makeVersion, partSize, sha256, untilVerified } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { usualBackend } from "./support/backend.ts";
import {
  announce,
  makeSigningPair,
  officialClient,
  type SigningPair,
  searchForBinary,
  send,
  uploadParts,
} from "./support/official-client.ts";

/** Or straight to an object store. */
const sendsToServer = usualBackend.endsWith("+files");
/** What a part that was taken is answered with. */
const taken = usualBackend === "postgres+azure" ? 201 : 200;

let server: TestServer;
let cli: Api;

beforeAll(async () => {
  server = await startTestServer();
  cli = officialClient({ base: server.url });
});

afterAll(() => server.stop());

/** Two whole parts and a shorter last one. */
const threeParts = randomBytes(12_000_000);
const target = "aarch64-linux-gnu";

/** POST /binaries as the CLI sends it: nulls included. */
function create(client: Api, version: string, content: Uint8Array): Promise<Answer> {
  return client("POST", "/binaries", {
    artifact_version_prn: version,
    custom_metadata: null,
    description: null,
    hash: sha256(content),
    size: content.length,
    target,
  });
}

async function created(content: Uint8Array): Promise<string> {
  const answer = await create(cli, await makeVersion(cli), content);
  return answer.body.binary.prn;
}

function patchState(binary: string, state: string): Promise<Answer> {
  return cli("PATCH", `/binaries/${binary}`, { prn: binary, state });
}

async function registered(pair: SigningPair): Promise<string> {
  const answer = await cli("POST", "/signing_keys", { value: pair.value, name: "release key" });
  expect(answer.status).toBe(201);
  return answer.body.signing_key.prn;
}

function postSignature(binary: string, key: string, signature: string): Promise<Answer> {
  return cli("POST", "/binary_signatures", { binary_prn: binary, signing_key_prn: key, signature });
}

async function partsOf(binary: string): Promise<{ index: number; state: string; size: number }[]> {
  return (await cli("GET", `/binaries/${binary}/parts`)).body.binary_parts;
}

/** Steps 6 to 9: from `uploadable` to `signable`. */
async function uploaded(content: Uint8Array): Promise<string> {
  const binary = await created(content);
  await uploadParts(cli, binary, content);
  expect((await patchState(binary, "hashable")).status).toBe(200);
  expect((await untilVerified(cli, binary)).state).toBe("signable");
  return binary;
}

describe("`binaries create` of the official CLI", () => {
  it("goes from a search without results to a signed binary", async () => {
    const version = await makeVersion(cli);
    const pair = makeSigningPair();
    const key = await registered(pair);

    const search = searchForBinary(target, version);
    expect(search).toMatch(
      /^\/binaries\?search=target%3A%27aarch64-linux-gnu%27\+and\+artifact_version_prn%3A%27prn%3A1/,
    );
    expect((await cli("GET", search)).body).toEqual({ binaries: [], next_page: null });

    const made = await create(cli, version, threeParts);
    expect(made.status).toBe(201);
    const { prn } = made.body.binary;
    expect(made.body.binary).toMatchObject({
      hash: sha256(threeParts),
      size: 12_000_000,
      state: "uploadable",
      revision: 0,
    });

    expect((await cli("GET", `/binaries/${prn}/parts`)).body).toEqual({ binary_parts: [], next_page: null });
    expect(await uploadParts(cli, prn, threeParts)).toEqual([1, 2, 3]);
    expect((await partsOf(prn)).map(({ state }) => state)).toEqual(["valid", "valid", "valid"]);

    const hashable = await patchState(prn, "hashable");
    expect(hashable.status).toBe(200);
    const hashing = await patchState(prn, "hashing");
    expect(hashing.status).toBe(200);
    expect(["hashable", "hashing", "signable"]).toContain(hashing.body.binary.state);

    const verified = await untilVerified(cli, prn);
    expect(verified.state).toBe("signable");

    const signature = await postSignature(prn, key, pair.sign(verified.hash));
    expect(signature.status).toBe(201);

    const printed = await patchState(prn, "signed");
    expect(printed.status).toBe(200);
    expect(printed.body.binary).toMatchObject({
      prn,
      state: "signed",
      revision: 0,
      signatures: [{ signing_key_prn: key, signature: pair.sign(verified.hash) }],
    });
  });

  it("finds the one binary of the version and target again, and nothing else", async () => {
    const version = await makeVersion(cli);
    const made = await create(cli, version, threeParts);
    await cli("POST", "/binaries", { artifact_version_prn: version, target: "x86_64-linux-gnu" });
    const found = await cli("GET", searchForBinary(target, version));
    expect(found.body.binaries).toEqual([made.body.binary]);
  });

  it("takes every state that it re-sends once the server has moved past it", async () => {
    const binary = await uploaded(randomBytes(10));
    for (const state of ["hashable", "hashing", "signable"]) {
      const again = await patchState(binary, state);
      expect([again.status, again.body.binary.state]).toEqual([200, "signable"]);
    }
    const pair = makeSigningPair();
    await postSignature(binary, await registered(pair), pair.sign(sha256(await content(binary))));
    for (const state of ["hashable", "hashing", "signable", "signed", "signed"]) {
      const again = await patchState(binary, state);
      expect([again.status, again.body.binary.state]).toEqual([200, "signed"]);
    }
  });

  it("lets a second and a third key sign after the first has moved the state", async () => {
    const bytes = randomBytes(1000);
    const binary = await uploaded(bytes);
    const pairs = [makeSigningPair(), makeSigningPair(), makeSigningPair()];
    for (const pair of pairs) {
      const answer = await postSignature(binary, await registered(pair), pair.sign(sha256(bytes)));
      expect(answer.status).toBe(201);
    }
    const { body } = await patchState(binary, "signed");
    expect(body.binary.signatures).toHaveLength(3);
  });

  it("does not become `signed` by a request alone", async () => {
    const binary = await uploaded(randomBytes(10));
    const answer = await patchState(binary, "signed");
    expect(answer.status).toBe(422);
    expect(answer.body.errors.state[0]).toContain("without a valid signature");
    expect((await cli("GET", `/binaries/${binary}`)).body.binary.state).toBe("signable");
  });

  it("uploads an empty file without any part", async () => {
    const binary = await created(new Uint8Array());
    expect(await uploadParts(cli, binary, new Uint8Array())).toEqual([]);
    expect((await patchState(binary, "hashable")).status).toBe(200);
    expect((await patchState(binary, "hashing")).status).toBe(200);
    expect(await untilVerified(cli, binary)).toMatchObject({
      state: "signable",
      size: 0,
      hash: sha256(new Uint8Array()),
    });
  });

  it("falls back to `uploadable`, and says why, when the file changed between hashing and upload", async () => {
    const bytes = randomBytes(100);
    const binary = await created(randomBytes(100));
    await uploadParts(cli, binary, bytes);
    await patchState(binary, "hashable");
    const after = await untilVerified(cli, binary);
    expect(after.state).toBe("uploadable");
    expect(after.verification_failure).toMatchObject({ expected_hash: after.hash, actual_hash: sha256(bytes) });
    expect(await partsOf(binary)).toEqual([]);
    const hashing = await patchState(binary, "hashing");
    expect(hashing.status).toBe(422);
  });

  it("makes a new binary where the only other one is destroyed", async () => {
    const version = await makeVersion(cli);
    const { prn } = (await create(cli, version, threeParts)).body.binary;
    await uploadParts(cli, prn, threeParts);
    await patchState(prn, "hashable");
    await untilVerified(cli, prn);
    expect((await patchState(prn, "destroyed")).body.binary.state).toBe("destroyed");
    expect((await cli("GET", searchForBinary(target, version))).body.binaries).toEqual([]);
    expect((await create(cli, version, threeParts)).status).toBe(201);
  });

  it("may look up version and artifact, and reset nothing, when a signed binary has other bytes", async () => {
    const bytes = randomBytes(10);
    const binary = await uploaded(bytes);
    const pair = makeSigningPair();
    await postSignature(binary, await registered(pair), pair.sign(sha256(bytes)));
    const { artifact_version_prn } = (await cli("GET", `/binaries/${binary}`)).body.binary;
    const version = await cli("GET", `/artifact_versions/${artifact_version_prn}`);
    const artifact = await cli("GET", `/artifacts/${version.body.artifact_version.artifact_prn}`);
    expect([version.status, artifact.status]).toEqual([200, 200]);
    expect((await patchState(binary, "uploadable")).body.errors.state[0]).toContain("while it is 'signed'");
  });
});

async function content(binary: string): Promise<Buffer> {
  const { body } = await cli("GET", `/binaries/${binary}/download_url`);
  const answer = await fetch(body.download_url);
  return Buffer.from(await answer.arrayBuffer());
}

describe("an upload of the official CLI that was interrupted", () => {
  it("goes on after a crash of the server with the parts that are missing", async () => {
    const own = await startTestServer();
    const client = officialClient({ base: own.url });
    const version = await makeVersion(client);
    const { prn } = (await create(client, version, threeParts)).body.binary;
    expect(await uploadParts(client, prn, threeParts, (index) => index !== 2)).toEqual([1, 3]);
    await own.kill();
    await own.start();

    const found = await client("GET", searchForBinary(target, version));
    expect(found.body.binaries).toMatchObject([
      { prn, hash: sha256(threeParts), size: 12_000_000, state: "uploadable" },
    ]);
    expect(await uploadParts(client, prn, threeParts)).toEqual([2]);
    await client("PATCH", `/binaries/${prn}`, { prn, state: "hashable" });
    expect((await untilVerified(client, prn)).state).toBe("signable");
    await own.stop();
  });

  it("starts over when the file changed: the reset takes the old parts away", async () => {
    const changed = randomBytes(12_000_000);
    const binary = await created(threeParts);
    await uploadParts(cli, binary, threeParts, (index) => index < 3);
    expect(await partsOf(binary)).toHaveLength(2);

    const reset = await patchState(binary, "uploadable");
    expect(reset.status).toBe(200);
    expect(await partsOf(binary)).toEqual([]);
    const declared = { prn: binary, hash: sha256(changed), size: changed.length };
    expect((await cli("PATCH", `/binaries/${binary}`, declared)).status).toBe(200);

    expect(await uploadParts(cli, binary, changed)).toEqual([1, 2, 3]);
    await patchState(binary, "hashable");
    expect(await untilVerified(cli, binary)).toMatchObject({ state: "signable", hash: sha256(changed) });
    expect(sha256(await content(binary))).toBe(sha256(changed));
  });

  it.each(["hash", "size"] as const)("loses its parts by a new %s alone, without a reset before it", async (field) => {
    const binary = await created(threeParts);
    await uploadParts(cli, binary, threeParts, (index) => index === 1);
    const changed = { hash: "0".repeat(64), size: 11_000_000 };
    await cli("PATCH", `/binaries/${binary}`, { prn: binary, [field]: changed[field] });
    expect(await partsOf(binary)).toEqual([]);
  });

  it("keeps its parts when hash and size are sent again unchanged", async () => {
    const binary = await created(threeParts);
    await uploadParts(cli, binary, threeParts, (index) => index === 1);
    await cli("PATCH", `/binaries/${binary}`, { prn: binary, hash: sha256(threeParts), size: threeParts.length });
    expect(await partsOf(binary)).toMatchObject([{ index: 1, state: "valid" }]);
  });

  it("refuses the links of the time before the reset", async () => {
    const [first] = cut(threeParts) as [Uint8Array];
    const binary = await created(threeParts);
    const announced = await announce(cli, binary, 1, first, threeParts.length);
    await patchState(binary, "uploadable");
    const { presigned_upload_url } = announced.body.binary_part;
    // An object store may hang up on a body that it doesn't want.
    const answered = await send(presigned_upload_url, first).catch(() => "hung up");
    if (sendsToServer) expect(answered).toBe(409);
    // Azure's links live as long as they were made for; what comes by them now counts for nothing.
    else if (usualBackend !== "postgres+azure") expect([200, 201]).not.toContain(answered);
    expect(await partsOf(binary)).toEqual([]);
  });

  it.each([
    { lost: [2], message: "can't become 'hashable': parts 2 are missing or not valid; upload them (again)" },
    { lost: [1, 2], message: "can't become 'hashable': parts 1, 2 are missing or not valid; upload them (again)" },
    {
      lost: [3],
      message:
        "can't become 'hashable': the parts add up to 10485760 of 12000000 bytes; part 3 and any after it are missing",
    },
    {
      lost: [1, 2, 3],
      message: "can't become 'hashable': the parts add up to 0 of 12000000 bytes; part 1 and any after it are missing",
    },
  ])("names the parts $lost that were given up, at `hashable`", async ({ lost, message }) => {
    const binary = await created(threeParts);
    await uploadParts(cli, binary, threeParts, (index) => !lost.includes(index));
    const answer = await patchState(binary, "hashable");
    expect([answer.status, answer.body]).toEqual([422, { errors: { state: [message] } }]);
    expect((await cli("GET", `/binaries/${binary}`)).body.binary.state).toBe("uploadable");
    expect(await uploadParts(cli, binary, threeParts)).toEqual(lost);
    expect((await patchState(binary, "hashable")).status).toBe(200);
  });

  it("names a part whose bytes were not the announced ones, and takes it anew", async () => {
    const binary = await created(threeParts);
    await uploadParts(cli, binary, threeParts, (index) => index > 1);
    const [first] = cut(threeParts) as [Uint8Array];
    const announced = await announce(cli, binary, 1, first, threeParts.length);
    const url = announced.body.binary_part.presigned_upload_url;
    const wrong = await fetch(url, { method: "PUT", body: randomBytes(first.length) }).catch(() => null);
    if (sendsToServer) {
      expect(wrong?.status).toBe(400);
      expect((await partsOf(binary))[0]?.state).toBe("invalid_hash");
    }
    // Azure looks at no checksum: there only the whole shows it.
    if (usualBackend === "postgres+azure") return;
    expect(wrong?.ok).not.toBe(true);
    expect((await patchState(binary, "hashable")).body.errors.state[0]).toContain("parts 1 are missing or not valid");
    expect(await uploadParts(cli, binary, threeParts)).toEqual([1]);
    expect((await patchState(binary, "hashable")).status).toBe(200);
  });

  it("refuses a mix of two part sizes, and says that a reset helps", async () => {
    const bytes = randomBytes(3 * 8_388_608);
    const binary = await created(bytes);
    const [first] = cut(bytes) as [Uint8Array];
    const large = cut(bytes, 8_388_608);
    for (const [index, part] of [first, large[1]!, large[2]!].entries()) {
      const announced = await announce(cli, binary, index + 1, part, bytes.length);
      expect(await send(announced.body.binary_part.presigned_upload_url, part)).toBe(taken);
    }
    const answer = await patchState(binary, "hashable");
    const message =
      "can't become 'hashable': the parts add up to 22020096 of 25165824 bytes, and were cut in different sizes " +
      "(5242880, 8388608); reset the binary and upload again";
    expect([answer.status, answer.body]).toEqual([422, { errors: { state: [message] } }]);
  });
});

describe("the official SDK on the wire", () => {
  const bases = ["", "/", "/v1", "/v1/"];
  const versions = ["1", "2"] as const;

  it.each(
    bases.flatMap((suffix) => versions.map((version) => ({ suffix, version }))),
  )("reaches everything with the base address BASE$suffix and API version $version", async ({ suffix, version }) => {
    const client = officialClient({ base: server.url + suffix, version });
    const artifactVersion = await makeVersion(client);
    const bytes = randomBytes(2000);
    const { prn } = (await create(client, artifactVersion, bytes)).body.binary;
    expect(await uploadParts(client, prn, bytes)).toEqual([1]);
    expect((await client("PATCH", `/binaries/${prn}`, { prn, state: "hashable" })).status).toBe(200);
    expect((await untilVerified(client, prn)).state).toBe("signable");
    const found = await client("GET", searchForBinary(target, artifactVersion));
    expect(found.body.binaries).toHaveLength(1);
  });

  it("may write the colons of a PRN as they are or as %3A", async () => {
    const binary = await created(threeParts);
    const plain = await cli("GET", `/binaries/${binary}`);
    const escaped = await cli("GET", `/binaries/${encodeURIComponent(binary)}`);
    expect([escaped.status, escaped.body]).toEqual([200, plain.body]);
    const words = { prn: binary, description: "a word" };
    expect((await cli("PATCH", `/binaries/${encodeURIComponent(binary)}`, words)).status).toBe(200);
    expect((await cli("GET", `/binaries/${encodeURIComponent(binary)}/parts`)).status).toBe(200);
  });

  it("is told whose key it has", async () => {
    const { status, body } = await cli("GET", "/users/me");
    expect(status).toBe(200);
    expect(body.data.organization_prn).toMatch(/^prn:1:[0-9a-f-]{36}$/);
  });

  it("is told which versions there are when it asks for another", async () => {
    const answer = await officialClient({ base: server.url, version: "3" })("GET", "/users/me");
    expect([answer.status, answer.body]).toEqual([
      400,
      { errors: { detail: "x-api-version must be 1 or 2; got '3'", code: "invalid_parameter" } },
    ]);
  });

  it("is refused with a key that nobody has", async () => {
    const answer = await officialClient({ base: server.url, key: "per_nobody-has-this" })("GET", "/users/me");
    expect([answer.status, answer.body]).toEqual([
      401,
      { errors: { detail: "this API key is unknown, expired or revoked", code: "unauthenticated" } },
    ]);
  });

  it("sends bytes without a key, to a link on the content address", async () => {
    const [first] = cut(threeParts) as [Uint8Array];
    const announced = await announce(cli, await created(threeParts), 1, first, threeParts.length);
    expect(announced.status).toBe(201);
    expect(announced.body.binary_part).toMatchObject({
      index: 1,
      size: partSize,
      hash: sha256(first),
      state: "uploadable",
    });
    expect(await send(announced.body.binary_part.presigned_upload_url, first)).toBe(taken);
  });

  it("never sees upload links in a list of parts", async () => {
    const binary = await created(threeParts);
    await uploadParts(cli, binary, threeParts);
    for (const part of await partsOf(binary)) expect(part).not.toHaveProperty("presigned_upload_url");
  });

  it("finds a signature by binary and keyid, as `bundles push` does", async () => {
    const bytes = randomBytes(10);
    const binary = await uploaded(bytes);
    const pairs = [makeSigningPair(), makeSigningPair()];
    for (const pair of pairs) await postSignature(binary, await registered(pair), pair.sign(sha256(bytes)));
    const { signatures } = (await cli("GET", `/binaries/${binary}`)).body.binary;
    for (const { keyid, signature } of signatures) {
      const search = `binary_prn:'${binary}' and signature.signing_key.keyid:'${keyid}'`;
      const found = await cli("GET", `/binary_signatures?${new URLSearchParams({ search })}`);
      expect(found.body.binary_signatures).toMatchObject([{ keyid, signature }]);
    }
  });
});

describe("the official CLI's delete commands", () => {
  it("get 200 with `{}` for a signature, because they abort on 204", async () => {
    const bytes = randomBytes(10);
    const binary = await uploaded(bytes);
    const pair = makeSigningPair();
    const signed = await postSignature(binary, await registered(pair), pair.sign(sha256(bytes)));
    const answer = await cli("DELETE", `/binary_signatures/${signed.body.binary_signature.prn}`);
    expect([answer.status, answer.body]).toEqual([200, {}]);
  });

  it("get 204 without a body for all else, because they abort on a body", async () => {
    const version = await makeVersion(cli);
    const { artifact_prn } = (await cli("GET", `/artifact_versions/${version}`)).body.artifact_version;
    const binary = (await create(cli, version, threeParts)).body.binary.prn;
    const key = await registered(makeSigningPair());
    for (const path of [
      `/binaries/${binary}`,
      `/artifact_versions/${version}`,
      `/artifacts/${artifact_prn}`,
      `/signing_keys/${key}`,
    ]) {
      const answer = await cli("DELETE", path);
      expect([path, answer.status, answer.body]).toEqual([path, 204, null]);
      expect((await cli("GET", path)).status).toBe(404);
    }
  });
});
