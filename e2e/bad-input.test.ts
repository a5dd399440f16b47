import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Scope, scopes } from "@open-peridio/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Answer,
  type Api,
  announcePart,
  callApi,
  makeBinary,
  makeVersion,
  sendPart,
  sha256,
  untilVerified,
} from "./api.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";
import { badBinaries, badParts } from "./support/bad-fields.ts";
import { badBodies, metadataOf } from "./support/bad-json.ts";
import { badQueries, badSearches } from "./support/bad-queries.ts";
import { makeSigningPair } from "./support/official-client.ts";
import { addOrganization } from "./support/organization.ts";
import { databaseText } from "./support/query.ts";
import { chunked, cutConnection, exchange, rawRequest } from "./support/raw-http.ts";
import { expectRefusal, field, refusal } from "./support/refusal.ts";

let server: TestServer;
let api: Api;
/** A second organization on the same server. */
let strangers: { prn: string; key: string };

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
  strangers = await addOrganization(server, "Strangers");
});

afterAll(() => server.stop());

const content = randomBytes(64);

/** A binary whose declared content has arrived. */
async function signable(): Promise<string> {
  const prn = await makeBinary(api, content);
  const answer = await put(`/binaries/${prn}/content`, content);
  expect(answer.status).toBe(200);
  return prn;
}

/** A signed binary with its signature and key. */
async function signed(): Promise<{ binary: string; signature: string; key: string; keyid: string }> {
  const binary = await signable();
  const pair = makeSigningPair();
  const key = (await api("POST", "/signing_keys", { name: "key", value: pair.value })).body.signing_key;
  const body = { binary_prn: binary, signing_key_prn: key.prn, signature: pair.sign(sha256(content)) };
  const signature = (await api("POST", "/binary_signatures", body)).body.binary_signature.prn;
  return { binary, signature, key: key.prn, keyid: key.keyid };
}

/** PUT of bytes, with or without a key. */
async function put(path: string, body: Uint8Array, headers: Record<string, string> = {}): Promise<Answer> {
  const url = path.startsWith("http") ? path : server.url + path;
  const answer = await fetch(url, {
    method: "PUT",
    headers: { ...(url === path ? {} : { authorization: `Bearer ${apiKey}` }), ...headers },
    body: body as Uint8Array<ArrayBuffer>,
  });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? null : JSON.parse(text), headers: answer.headers };
}

async function stateOf(binary: string): Promise<string> {
  return (await api("GET", `/binaries/${binary}`)).body.binary.state;
}

describe("a binary is refused with", () => {
  it.each(badBinaries)("$when", async ({ send, expected }) => {
    const good = { artifact_version_prn: await makeVersion(api), target: "universal" };
    expectRefusal(await api("POST", "/binaries", { ...good, ...send }), expected);
  });

  it("a size that JSON can write but no number can hold", async () => {
    const body = `{"artifact_version_prn":"${await makeVersion(api)}","target":"x","size":1e400}`;
    expectRefusal(await api("POST", "/binaries", body), field("size", "must be at most 53687091200000; got Infinity"));
  });

  it.each([
    {
      change: { state: "finished" },
      expected: "must be one of uploadable, hashable, hashing, signable, signed, destroyed; got 'finished'",
    },
    {
      change: { state: "signable" },
      expected: "can't become 'signable' while it is 'uploadable'; it may become 'uploadable' or 'hashable'",
    },
    {
      change: { state: "signed" },
      expected: "can't become 'signed' while it is 'uploadable'; it may become 'uploadable' or 'hashable'",
    },
    {
      change: { state: "destroyed" },
      expected: "can't become 'destroyed' while it is 'uploadable'; it may become 'uploadable' or 'hashable'",
    },
  ])("a change to $change.state", async ({ change, expected }) => {
    const prn = await makeBinary(api, content);
    expectRefusal(await api("PATCH", `/binaries/${prn}`, change), field("state", expected));
  });

  it("a PRN in the body that isn't the path's", async () => {
    const prn = await makeBinary(api, content);
    expectRefusal(
      await api("PATCH", `/binaries/${prn}`, { prn: "prn:1:other" }),
      field("prn", "must repeat the path's; got 'prn:1:other'"),
    );
  });

  it.each(["hash", "size"])("another %s once the content is verified", async (name) => {
    const prn = await signable();
    const change = name === "hash" ? { hash: "0".repeat(64) } : { size: 1 };
    expectRefusal(
      await api("PATCH", `/binaries/${prn}`, change),
      field(name, "can't change while the binary is 'signable'; reset in the same call"),
    );
  });

  it.each(["hash", "size"])("`hashable` before its %s is known", async (name) => {
    const declared = { hash: sha256(content), size: content.length, [name]: null };
    const body = { artifact_version_prn: await makeVersion(api), target: "universal", ...declared };
    const { prn } = (await api("POST", "/binaries", body)).body.binary;
    expectRefusal(
      await api("PATCH", `/binaries/${prn}`, { state: "hashable" }),
      field(name, "must be set before the binary can become 'hashable'"),
    );
  });
});

describe("a part is refused with", () => {
  it.each(badParts)("$when", async ({ index, send, expected }) => {
    const declared = { hash: sha256(content), size: 10_485_761 };
    const body = { artifact_version_prn: await makeVersion(api), target: "universal", ...declared };
    const { prn } = (await api("POST", "/binaries", body)).body.binary;
    const part = { hash: "a".repeat(64), size: 5_242_880, ...send };
    expectRefusal(await api("PUT", `/binaries/${prn}/parts/${index}`, part), expected);
    expect((await api("GET", `/binaries/${prn}/parts`)).body.binary_parts).toEqual([]);
  });

  it("a binary whose content is complete", async () => {
    const prn = await signable();
    expectRefusal(
      await api("PUT", `/binaries/${prn}/parts/1`, { hash: sha256(content), size: content.length }),
      field("state", "parts can only be uploaded while the binary is 'uploadable'; it is 'signable'"),
    );
  });
});

describe("bytes that aren't the declared ones:", () => {
  const other = randomBytes(64);
  const wrongDigest = Buffer.from(sha256(other), "hex").toString("base64");
  const refusedDigest = (header: string) =>
    refusal(
      400,
      "checksum_mismatch",
      `${header} says ${sha256(other)}, but the content must have the hash ${sha256(content)}`,
    );

  async function link(): Promise<{ prn: string; url: string }> {
    const prn = await makeBinary(api, content);
    return { prn, url: await announcePart(api, prn, 1, content) };
  }

  async function partState(prn: string): Promise<string> {
    return (await api("GET", `/binaries/${prn}/parts`)).body.binary_parts[0].state;
  }

  it("a part with another hash is `invalid_hash`", async () => {
    const { prn, url } = await link();
    const detail = `part 1 must have the SHA-256 ${sha256(content)}; got ${sha256(other)}`;
    expectRefusal(await put(url, other), refusal(400, "checksum_mismatch", detail));
    expect(await partState(prn)).toBe("invalid_hash");
  });

  it.each([
    { what: "shorter", body: content.subarray(1), got: "content-length says 63" },
    { what: "longer", body: Buffer.concat([content, other]), got: "content-length says 128" },
    { what: "empty", body: new Uint8Array(), got: "content-length says 0" },
  ])("a part with a $what body is `invalid_size`", async ({ body, got }) => {
    const { prn, url } = await link();
    expectRefusal(await put(url, body), refusal(400, "size_mismatch", `part 1 must have 64 bytes; ${got}`));
    expect(await partState(prn)).toBe("invalid_size");
  });

  it.each([
    { what: "shorter", body: chunked(content.subarray(1)), got: "got 63" },
    { what: "longer", body: chunked(content, other), got: "got more" },
    { what: "empty", body: chunked(), got: "got 0" },
  ])("a part with a $what body of unknown length is `invalid_size`", async ({ body, got }) => {
    const { prn, url } = await link();
    const answer = await rawRequest("PUT", url, ["transfer-encoding: chunked"], body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toEqual({
      errors: { detail: `part 1 must have 64 bytes; ${got}`, code: "size_mismatch" },
    });
    expect(await partState(prn)).toBe("invalid_size");
  });

  it("a part whose connection was cut can be sent again, and no request has failed for it", async () => {
    const { prn, url } = await link();
    await cutConnection(url, ["content-length: 64"], content.subarray(0, 32));
    expect(await partState(prn)).toBe("uploadable");
    expect((await put(url, content)).status).toBe(200);
    expect(await partState(prn)).toBe("valid");
    expect(server.output()).not.toContain("request failed");
  });

  it.each([
    "x-amz-checksum-sha256",
    "content-digest",
    "repr-digest",
  ])("a part whose %s says otherwise is not even read", async (header) => {
    const { prn, url } = await link();
    const value = header.startsWith("x-amz") ? wrongDigest : `sha-256=:${wrongDigest}:`;
    expectRefusal(await put(url, content, { [header]: value }), refusedDigest(header));
    expect(await partState(prn)).toBe("uploadable");
  });

  it.each([
    {
      header: "x-amz-checksum-sha256",
      value: "abc",
      detail: "x-amz-checksum-sha256 must hold the base64 of a 32-byte SHA-256 digest; got 'abc'",
    },
    {
      header: "x-amz-checksum-sha256",
      value: sha256(content),
      detail: `x-amz-checksum-sha256 must hold the base64 of a 32-byte SHA-256 digest; got '${sha256(content)}'`,
    },
    {
      header: "content-digest",
      value: "sha-256=:abc:",
      detail: "content-digest must hold the base64 of a 32-byte SHA-256 digest; got 'abc'",
    },
    {
      header: "content-digest",
      value: "sha-256=abc",
      detail: "content-digest must be in the form sha-256=:BASE64:; got 'abc'",
    },
  ])("a part whose $header is $value is refused", async ({ header, value, detail }) => {
    const { url } = await link();
    expectRefusal(await put(url, content, { [header]: value }), refusal(400, "bad_request", detail));
  });

  it("a digest by another algorithm than SHA-256 plays no part", async () => {
    const { url } = await link();
    expect((await put(url, content, { "content-digest": "sha-512=:abc:" })).status).toBe(200);
  });

  it.each([
    {
      what: "of another hash",
      body: other,
      expected: field("hash", `must be ${sha256(content)} as declared; got ${sha256(other)}`),
    },
    {
      what: "that is shorter",
      body: content.subarray(1),
      expected: refusal(400, "size_mismatch", "the content must have 64 bytes; content-length says 63"),
    },
    {
      what: "that is longer",
      body: Buffer.concat([content, other]),
      expected: refusal(400, "size_mismatch", "the content must have 64 bytes; content-length says 128"),
    },
  ])("a direct upload $what leaves the binary `uploadable`", async ({ body, expected }) => {
    const prn = await makeBinary(api, content);
    expectRefusal(await put(`/binaries/${prn}/content`, body), expected);
    expect(await stateOf(prn)).toBe("uploadable");
    expect((await put(`/binaries/${prn}/content`, content)).status).toBe(200);
  });

  it.each([
    { what: "shorter", body: chunked(content.subarray(1)), errors: { size: ["must be 64 bytes as declared; got 63"] } },
    { what: "longer", body: chunked(content, other), errors: { size: ["must be 64 bytes as declared; got more"] } },
  ])("a direct upload of unknown length that is $what leaves the binary `uploadable`", async ({ body, errors }) => {
    const prn = await makeBinary(api, content);
    const headers = [`authorization: Bearer ${apiKey}`, "transfer-encoding: chunked"];
    const answer = await rawRequest("PUT", `${server.url}/binaries/${prn}/content`, headers, body);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([422, { errors }]);
    expect(await stateOf(prn)).toBe("uploadable");
  });

  it("a direct upload whose connection was cut leaves the binary `uploadable`", async () => {
    const prn = await makeBinary(api, content);
    const headers = [`authorization: Bearer ${apiKey}`, "content-length: 64"];
    await cutConnection(`${server.url}/binaries/${prn}/content`, headers, content.subarray(0, 32));
    expect(await stateOf(prn)).toBe("uploadable");
    expect((await put(`/binaries/${prn}/content`, content)).status).toBe(200);
    expect(server.output()).not.toContain("request failed");
  });

  it("a direct upload whose digest header says otherwise is refused", async () => {
    const prn = await makeBinary(api, content);
    const answer = await put(`/binaries/${prn}/content`, content, { "content-digest": `sha-256=:${wrongDigest}:` });
    expectRefusal(answer, refusedDigest("content-digest"));
  });
});

describe("a link is refused", () => {
  const invalid = (why: string) => refusal(403, "link_invalid", `this link is not valid: ${why}; ask for a new one`);
  const changed = invalid("it was made for another path or method, or was changed");

  async function links(from: Api = api): Promise<{ upload: string; download: string }> {
    const uploading = await makeBinary(from, content);
    const upload = await announcePart(from, uploading, 1, content);
    const done = await makeBinary(from, content);
    await sendPart(from, done, 1, content);
    await from("PATCH", `/binaries/${done}`, { state: "hashable" });
    await untilVerified(from, done);
    return { upload, download: (await from("GET", `/binaries/${done}/download_url`)).body.download_url };
  }

  function follow(url: string, kind: "upload" | "download"): Promise<Answer> {
    if (kind === "upload") return put(url, content);
    return callApi("", "")("GET", url);
  }

  /** The link with one character of its token replaced by another. */
  function tampered(url: string, at: number): string {
    const position = at < 0 ? url.length + at : url.indexOf("token=") + 6 + at;
    return url.slice(0, position) + (url[position] === "A" ? "B" : "A") + url.slice(position + 1);
  }

  for (const kind of ["upload", "download"] as const) {
    it(`when it is an ${kind} link without a token`, async () => {
      const { [kind]: url } = await links();
      expectRefusal(await follow(url.split("?")[0]!, kind), invalid("it has no token"));
    });

    it.each([
      "",
      "x",
      "v1.a.b.c",
      "v2.00000000.1.x",
    ])(`when it is an ${kind} link with the token '%s'`, async (token) => {
      const { [kind]: url } = await links();
      expectRefusal(await follow(`${url.split("?")[0]}?token=${token}`, kind), invalid("its token is not well formed"));
    });

    it(`when it is an ${kind} link with two tokens`, async () => {
      const { [kind]: url } = await links();
      expectRefusal(await follow(`${url}&${url.split("?")[1]}`, kind), invalid("its token is not well formed"));
    });

    it(`when the last character of an ${kind} link was changed`, async () => {
      const { [kind]: url } = await links();
      expectRefusal(await follow(tampered(url, -1), kind), changed);
    });

    it(`when the expiry of an ${kind} link was pushed back`, async () => {
      const { [kind]: url } = await links();
      const later = url.replace(/(token=v1\.[^.]+\.)(\d+)/, (_, before, seconds) => before + (Number(seconds) + 1));
      expect(later).not.toBe(url);
      expectRefusal(await follow(later, kind), changed);
    });

    it(`when its token came from another ${kind} link`, async () => {
      const [one, two] = [await links(), await links()];
      const mixed = `${one[kind].split("?")[0]}?${two[kind].split("?")[1]}`;
      expectRefusal(await follow(mixed, kind), changed);
    });

    it(`when the path of an ${kind} link was changed`, async () => {
      const { [kind]: url } = await links();
      const elsewhere = url.replace(/\/(.)([^/]+\?)/, (_, first, rest) => `/${first === "0" ? "1" : "0"}${rest}`);
      expect(elsewhere).not.toBe(url);
      expectRefusal(await follow(elsewhere, kind), changed);
    });
  }

  it("when it was made by another server", async () => {
    const foreign = await startTestServer();
    const theirs = await links(callApi(foreign.url));
    await foreign.stop();
    for (const kind of ["upload", "download"] as const) {
      const url = theirs[kind].replace(foreign.url, server.url);
      expectRefusal(await follow(url, kind), invalid("the key that signed it is not in use any more"));
    }
  });

  it("when it has expired", async () => {
    // The upload that the download link needs must still be in time, on the slowest machine.
    const hasty = await startTestServer({ PERIDIO_UPLOAD_EXPIRY: "4", PERIDIO_DOWNLOAD_EXPIRY: "1" });
    const made = await links(callApi(hasty.url));
    for (const kind of ["upload", "download"] as const) {
      const seconds = Number(/token=v1\.[^.]+\.(\d+)/.exec(made[kind])?.[1]);
      await pause(Math.max(0, seconds * 1000 - Date.now()) + 50);
      const detail = `this link expired at ${new Date(seconds * 1000).toISOString()}; ask for a new one`;
      expectRefusal(await follow(made[kind], kind), refusal(403, "link_expired", detail));
    }
    await hasty.stop();
  });

  it.each([
    { kind: "upload", method: "GET", allow: "PUT" },
    { kind: "upload", method: "POST", allow: "PUT" },
    { kind: "download", method: "PUT", allow: "GET, HEAD" },
    { kind: "download", method: "DELETE", allow: "GET, HEAD" },
  ] as const)("when an $kind link is followed with $method", async ({ kind, method, allow }) => {
    const { [kind]: url } = await links();
    const answer = await callApi("", "")(method, url);
    const { pathname } = new URL(url);
    const detail = `${method} is not served at ${pathname}; try ${allow}`;
    expectRefusal(answer, refusal(405, "method_not_allowed", detail));
    expect(answer.headers.get("allow")).toBe(allow);
  });
});

describe("an artifact is refused with", () => {
  it.each(badBodies)("$when", async ({ body, type = "application/json", expected }) => {
    const answer = await fetch(`${server.url}/artifacts`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": type },
      body: body as BodyInit,
    });
    expectRefusal({ status: answer.status, body: await answer.json(), headers: answer.headers }, expected);
  });

  it("a body that announces more than 4 MiB, before any of it is read", async () => {
    const headers = [`authorization: Bearer ${apiKey}`, "content-type: application/json", "content-length: 4194305"];
    const answer = await rawRequest("POST", `${server.url}/artifacts`, headers);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      413,
      {
        errors: { detail: "the body is larger than the 4194304 bytes that this call takes", code: "payload_too_large" },
      },
    ]);
    expect(answer.headers["peridio-request-id"]).toHaveLength(20);
  });
});

describe("an artifact is taken with", () => {
  const unique = (): string => randomUUID();

  it("metadata of exactly 1,000,000 bytes", async () => {
    const custom_metadata = metadataOf(1_000_000);
    const answer = await api("POST", "/artifacts", { name: unique(), custom_metadata });
    expect([answer.status, answer.body.artifact.custom_metadata]).toEqual([201, custom_metadata]);
  });

  it.each(["a", "😀", "é"])("a name of 128 times '%s'", async (character) => {
    const name = character.repeat(128);
    const answer = await api("POST", "/artifacts", { name });
    expect([answer.status, answer.body.artifact.name]).toEqual([201, name]);
  });

  it("64 levels of JSON", async () => {
    const body = `{"name":"${unique()}","custom_metadata":${'{"a":'.repeat(63)}1${"}".repeat(64)}`;
    expect((await api("POST", "/artifacts", body)).status).toBe(201);
  });

  it("the same key twice: the last one counts", async () => {
    const name = unique();
    const answer = await api("POST", "/artifacts", `{"name":"first","name":"${name}"}`);
    expect([answer.status, answer.body.artifact.name]).toEqual([201, name]);
  });

  it("a byte order mark, escapes, and a metadata key named constructor", async () => {
    const name = unique();
    const answer = await api(
      "POST",
      "/artifacts",
      `\ufeff{"name":"${name}\\u0041","custom_metadata":{"constructor":1}}`,
    );
    expect([answer.status, answer.body.artifact]).toEqual([
      201,
      expect.objectContaining({ name: `${name}A`, custom_metadata: { constructor: 1 } }),
    ]);
  });

  it("JSON under the content type that `curl -d` sends", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect((await api("POST", "/artifacts", JSON.stringify({ name: unique() }), headers)).status).toBe(201);
  });
});

describe("a list is refused with", () => {
  it.each(badSearches)("the search $search", async ({ search, at, problem }) => {
    const answer = await api("GET", `/binaries?${new URLSearchParams({ search })}`);
    expectRefusal(answer, refusal(400, "invalid_search", `search: at character ${at}: ${problem}`));
  });

  it.each(badQueries)("the query $query", async ({ query, detail }) => {
    for (const list of [
      "binaries",
      "artifacts",
      "artifact_versions",
      "signing_keys",
      "binary_signatures",
      "api_keys",
    ]) {
      expectRefusal(await api("GET", `/${list}?${query}`), refusal(400, "invalid_parameter", detail));
    }
  });
});

describe("a path is refused when", () => {
  it.each(["/nope", "/v2/binaries", "/binary-parts", "/binaries/x/y/z"])("there is nothing at %s", async (path) => {
    expectRefusal(await api("GET", path), refusal(404, "not_found", `there is nothing at ${path}`));
  });

  it.each([
    { method: "DELETE", path: "/binaries", allow: "GET, POST" },
    { method: "PUT", path: "/artifacts/x", allow: "DELETE, GET, PATCH" },
    { method: "GET", path: "/binaries/x/destroy", allow: "POST" },
    { method: "POST", path: "/healthz", allow: "GET" },
    { method: "PATCH", path: "/binary_signatures/x", allow: "DELETE, GET" },
  ])("$method is asked of $path", async ({ method, path, allow }) => {
    const answer = await api(method, path);
    expectRefusal(answer, refusal(405, "method_not_allowed", `${method} is not served at ${path}; try ${allow}`));
    expect(answer.headers.get("allow")).toBe(allow);
  });

  it.each([
    { path: "/binaries/%zz", detail: "the path is not well formed: a '%' must be followed by two hex digits of UTF-8" },
    { path: `/binaries/${"a".repeat(600)}`, detail: "the path is too long" },
  ])("it can't be read: $path", async ({ path, detail }) => {
    expectRefusal(await api("GET", path), refusal(400, "bad_request", detail));
  });

  it("what comes isn't HTTP", async () => {
    const answer = await exchange(server.url, (socket) => socket.write("hello\r\n\r\n"));
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      400,
      { errors: { detail: "this is not a well-formed HTTP/1.1 request", code: "bad_request" } },
    ]);
    expect(answer.headers["peridio-request-id"]).toHaveLength(20);
  });

  it("the headers are too large", async () => {
    const answer = await rawRequest("GET", `${server.url}/binaries`, [`x-large: ${"a".repeat(20_000)}`]);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      431,
      { errors: { detail: "the headers of the request are too large", code: "bad_request" } },
    ]);
  });
});

describe("another organization's things are as good as missing:", () => {
  /** One resource of the first organization for each first word of a path. */
  let theirs: Record<string, string>;
  let keyid: string;
  let outsider: Api;

  beforeAll(async () => {
    const made = await signed();
    const { artifact_version_prn: version, organization_prn } = (await api("GET", `/binaries/${made.binary}`)).body
      .binary;
    const artifact = (await api("GET", `/artifact_versions/${version}`)).body.artifact_version.artifact_prn;
    const ownKey = (await api("POST", "/api_keys", { name: "victim", scopes: ["admin"] })).body.api_key.prn;
    theirs = {
      organizations: organization_prn,
      artifacts: artifact,
      artifact_versions: version,
      binaries: made.binary,
      binary_signatures: made.signature,
      signing_keys: made.key,
      api_keys: ownKey,
      audit_logs: (await api("GET", "/audit_logs?limit=1")).body.audit_logs[0].prn,
    };
    keyid = made.keyid;
    outsider = callApi(server.url, strangers.key);
  });

  it("even where both have a thing with the same id", async () => {
    const id = theirs.artifacts!.split(":").at(-1)!;
    const own = (await outsider("POST", "/artifacts", { id, name: "own" })).body.artifact.prn;
    expect((await outsider("GET", `/artifacts/${own}`)).body.artifact.name).toBe("own");
    const missing = `there is no artifact '${theirs.artifacts}' in this organization`;
    for (const method of ["GET", "DELETE"]) {
      const answer = await outsider(method, `/artifacts/${theirs.artifacts}`);
      expectRefusal(answer, refusal(404, "not_found", missing));
    }
    expect((await outsider("DELETE", `/artifacts/${own}`)).status).toBe(204);
    expect((await api("GET", `/artifacts/${theirs.artifacts}`)).status).toBe(200);
  });

  it("in the bodies that name them", async () => {
    const mine = { prn: "" };
    const pair = makeSigningPair();
    mine.prn = (await outsider("POST", "/signing_keys", { name: "mine", value: pair.value })).body.signing_key.prn;
    const signature = pair.sign(sha256(content));
    const ownBinary = await makeBinary(outsider, content);
    for (const [method, path, body, what, named] of [
      ["POST", "/artifact_versions", { artifact_prn: theirs.artifacts, version: "1" }, "artifact", theirs.artifacts],
      [
        "POST",
        "/binaries",
        { artifact_version_prn: theirs.artifact_versions, target: "x" },
        "artifact version",
        theirs.artifact_versions,
      ],
      [
        "POST",
        "/binary_signatures",
        { binary_prn: theirs.binaries, signing_key_prn: mine.prn, signature },
        "binary",
        theirs.binaries,
      ],
      [
        "POST",
        "/binary_signatures",
        { binary_prn: ownBinary, signing_key_prn: theirs.signing_keys, signature },
        "signing key",
        theirs.signing_keys,
      ],
      [
        "POST",
        "/binary_signatures",
        { binary_prn: ownBinary, signing_key_keyid: keyid, signature },
        "signing key with the keyid",
        keyid,
      ],
    ] as const) {
      const detail = `there is no ${what} '${named}' in this organization`;
      expectRefusal(await outsider(method, path, body), refusal(404, "not_found", detail));
    }
  });

  it("in lists and searches", async () => {
    const { organizations: organization_prn, ...listed } = theirs;
    for (const [list, prn] of Object.entries(listed)) {
      const found = await outsider("GET", `/${list}?${new URLSearchParams({ search: `prn:'${prn}'` })}`);
      expect(found.body).toEqual({ [list]: [], next_page: null });
      const all = await outsider("GET", `/${list}?limit=100`);
      expect(JSON.stringify(all.body)).not.toContain(organization_prn);
    }
    const search = new URLSearchParams({ search: `organization_prn:'${organization_prn}'` });
    expect((await outsider("GET", `/binaries?${search}`)).body.binaries).toEqual([]);
  });
});

describe("a key without the scope", () => {
  async function keyWith(granted: readonly Scope[]): Promise<string> {
    const { body } = await api("POST", "/api_keys", { name: `with ${granted.length}`, scopes: granted });
    return body.api_key.value;
  }

  it("binaries:destroy can't destroy by a PATCH either", async () => {
    const prn = await signable();
    const writer = callApi(server.url, await keyWith(["binaries:write", "binaries:sign"]));
    const answer = await writer("PATCH", `/binaries/${prn}`, { state: "destroyed" });
    const detail = "this API key lacks the scope 'binaries:destroy'; it has binaries:write, binaries:sign";
    expectRefusal(answer, refusal(403, "forbidden", detail));
    expect(await stateOf(prn)).toBe("signable");
  });
});

describe("a key is not taken", () => {
  const unknown = refusal(401, "unauthenticated", "this API key is unknown, expired or revoked");

  it("when there is none", async () => {
    const answer = await callApi(server.url, "")("GET", "/users/me");
    expectRefusal(answer, refusal(401, "unauthenticated", "an API key is needed; send 'Authorization: Bearer KEY'"));
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });

  it.each([
    "Bearer nobody-has-this-key",
    "Bearer",
    "Basic abc",
    apiKey,
    `Bearer ${apiKey}x`,
    `Bearer ${apiKey} ${apiKey}`,
  ])("from the header '%s'", async (authorization) => {
    expectRefusal(await callApi(server.url, "")("GET", "/users/me", undefined, { authorization }), unknown);
  });

  it("from the query string", async () => {
    const answer = await callApi(server.url, "")("GET", `/users/me?api_key=${apiKey}&token=${apiKey}`);
    expect(answer.status).toBe(401);
  });

  it("once it is revoked", async () => {
    const { prn, value } = (await api("POST", "/api_keys", { name: "short", scopes: ["admin"] })).body.api_key;
    const holder = callApi(server.url, value);
    expect((await holder("GET", "/users/me")).status).toBe(200);
    expect((await api("PATCH", `/api_keys/${prn}`, { revoked: true })).status).toBe(200);
    expectRefusal(await holder("GET", "/users/me"), unknown);
  });

  it("once it is deleted", async () => {
    const { prn, value } = (await api("POST", "/api_keys", { name: "short", scopes: ["admin"] })).body.api_key;
    expect((await api("DELETE", `/api_keys/${prn}`)).status).toBe(204);
    expectRefusal(await callApi(server.url, value)("GET", "/users/me"), unknown);
  });

  it("once it has expired", async () => {
    const expires_at = new Date(Date.now() + 700).toISOString();
    const { value } = (await api("POST", "/api_keys", { name: "short", scopes: ["admin"], expires_at })).body.api_key;
    expect((await callApi(server.url, value)("GET", "/users/me")).status).toBe(200);
    await pause(800);
    expectRefusal(await callApi(server.url, value)("GET", "/users/me"), unknown);
  });

  it.each([
    {
      change: { expires_at: "tomorrow" },
      name: "expires_at",
      message: "must be an RFC 3339 time such as 2026-01-31T00:00:00Z; got 'tomorrow'",
    },
    {
      change: { expires_at: "2020-01-01T00:00:00Z" },
      name: "expires_at",
      message: "must be in the future; got '2020-01-01T00:00:00Z'",
    },
    {
      change: { expires_at: "2999-13-01T00:00:00Z" },
      name: "expires_at",
      message: "must be a time that exists; got '2999-13-01T00:00:00Z'",
    },
    {
      change: { expires_at: "2999-02-30T00:00:00Z" },
      name: "expires_at",
      message: "must be a time that exists; got '2999-02-30T00:00:00Z'",
    },
    { change: { scopes: [] }, name: "scopes", message: "must have at least 1 item; got 0" },
    {
      change: { scopes: ["admin", "admin"] },
      name: "scopes",
      message: 'must not name anything twice; got ["admin","admin"]',
    },
    { change: { scopes: ["all"] }, name: "scopes.0", message: `must be one of ${scopes.join(", ")}; got 'all'` },
    { change: { scopes: "admin" }, name: "scopes", message: "must be an array; got 'admin'" },
  ])("to be made with $change", async ({ change, name, message }) => {
    const answer = await api("POST", "/api_keys", { name: "new", scopes: ["admin"], ...change });
    expectRefusal(answer, field(name, message));
  });

  it("back once it is revoked", async () => {
    const { prn } = (await api("POST", "/api_keys", { name: "short", scopes: ["admin"] })).body.api_key;
    expectRefusal(
      await api("PATCH", `/api_keys/${prn}`, { revoked: false }),
      field("revoked", "must be true; got false"),
    );
  });
});

describe("what is taken is refused:", () => {
  it("an id", async () => {
    const id = randomUUID();
    const first = await api("POST", "/artifacts", { id, name: `${id} 1` });
    expect(first.body.artifact.prn.endsWith(id)).toBe(true);
    const artifact_prn = first.body.artifact.prn;
    const version = await api("POST", "/artifact_versions", { id, artifact_prn, version: "1" });
    const artifact_version_prn = version.body.artifact_version.prn;
    expect((await api("POST", "/binaries", { id, artifact_version_prn, target: "a" })).status).toBe(201);
    for (const [path, body, noun] of [
      ["/artifacts", { name: `${id} 2` }, "artifact"],
      ["/artifact_versions", { artifact_prn, version: "2" }, "version"],
      ["/binaries", { artifact_version_prn, target: "b" }, "binary"],
    ] as const) {
      const taken = { id: id.toUpperCase(), ...body };
      expectRefusal(await api("POST", path, taken), field("id", `is taken by another ${noun}; got '${taken.id}'`));
    }
    const elsewhere = callApi(server.url, strangers.key);
    expect((await elsewhere("POST", "/artifacts", { id, name: id })).status).toBe(201);
  });

  it("an artifact's name, a version, a target, a signing key", async () => {
    const name = randomUUID();
    const artifact_prn = (await api("POST", "/artifacts", { name })).body.artifact.prn;
    const version = { artifact_prn, version: "1" };
    const artifact_version_prn = (await api("POST", "/artifact_versions", version)).body.artifact_version.prn;
    const binary = { artifact_version_prn, target: "t" };
    await api("POST", "/binaries", binary);
    const key = { name: "key", value: makeSigningPair().value };
    const { keyid } = (await api("POST", "/signing_keys", key)).body.signing_key;
    for (const [path, body, taken, message] of [
      ["/artifacts", { name }, "name", `is taken by another artifact; got '${name}'`],
      ["/artifact_versions", version, "version", "exists already for this artifact; got '1'"],
      ["/binaries", binary, "target", "'t' has a binary in this version already; destroy or update that one"],
      ["/signing_keys", key, "value", `is registered already under the keyid ${keyid}; a key counts only once`],
    ] as const) {
      expectRefusal(await api("POST", path, body), field(taken, message));
    }
  });
});

describe("a delete is refused", () => {
  const conflict = (detail: string) => refusal(409, "conflict", detail);

  it("of an artifact with versions, and of a version with binaries", async () => {
    const binary = await makeBinary(api, content);
    const { artifact_version_prn: version } = (await api("GET", `/binaries/${binary}`)).body.binary;
    const { artifact_prn: artifact } = (await api("GET", `/artifact_versions/${version}`)).body.artifact_version;
    expectRefusal(
      await api("DELETE", `/artifacts/${artifact}`),
      conflict(`the artifact still has versions, such as '${version}'; delete them first`),
    );
    expectRefusal(
      await api("DELETE", `/artifact_versions/${version}`),
      conflict(`the version still has binaries, such as '${binary}' (uploadable)`),
    );
  });

  it("of a signed binary, of the key that signed it, and of a destroyed binary", async () => {
    const { binary, key } = await signed();
    const path = `/binaries/${binary}`;
    expectRefusal(
      await api("DELETE", path),
      conflict("the binary is 'signed' and can't be deleted; destroy it instead"),
    );
    expectRefusal(
      await api("DELETE", `/signing_keys/${key}`),
      conflict(`the key has signed '${binary}'; revoke it instead with PATCH {"revoked": true}`),
    );
    expect((await api("POST", `${path}/destroy`)).status).toBe(200);
    expectRefusal(
      await api("DELETE", path),
      conflict("the binary is 'destroyed' and can't be deleted; its record is kept as the proof of what it was"),
    );
  });
});

describe("secrets", () => {
  /** Every byte that the server keeps, beside content. */
  const stored = () => databaseText(server);

  const held =
    "holds a private key, or 64 bytes as in a raw Ed25519 private key. Send only the public key, and consider " +
    "the private key exposed: make a new pair";
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  const seed = privateKey.export({ format: "der", type: "pkcs8" }).subarray(-32);
  const { d } = privateKey.export({ format: "jwk" });

  it.each([
    { form: "PEM", value: pem, secret: pem.split("\n")[1]! },
    {
      form: "base64 of 64 bytes",
      value: Buffer.concat([seed, seed]).toString("base64"),
      secret: seed.toString("base64").slice(0, 40),
    },
    { form: "DER in base64", value: pem.split("\n")[1]!, secret: pem.split("\n")[1]! },
    { form: "JWK", value: JSON.stringify(privateKey.export({ format: "jwk" })), secret: d! },
  ])("that are private keys as $form are refused, and kept nowhere", async ({ value, secret }) => {
    expectRefusal(await api("POST", "/signing_keys", { name: "oops", value }), field("value", held));
    expect(server.output()).not.toContain(secret);
    expect(stored()).not.toContain(secret);
  });

  it("that are API keys or link tokens are neither logged nor stored as they are", async () => {
    const { value } = (await api("POST", "/api_keys", { name: "secret", scopes: ["admin"] })).body.api_key;
    const holder = callApi(server.url, value);
    const binary = await signable();
    const { download_url } = (await holder("GET", `/binaries/${binary}/download_url`)).body;
    const upload = await announcePart(holder, await makeBinary(holder, content), 1, content);
    await put(upload, content);
    await (await fetch(download_url)).arrayBuffer();
    await (await fetch(`${download_url}x`)).arrayBuffer();
    await pause(50);
    for (const secret of [
      value,
      apiKey,
      strangers.key,
      ...[upload, download_url].map((url) => url.split("token=")[1]!),
    ]) {
      expect(server.output()).not.toContain(secret);
      expect(stored()).not.toContain(secret);
    }
    expect(server.output()).toContain(`/binaries/${binary}/download_url`);
  });

  it("have a log beside them that gives each answer's request id", async () => {
    const answer = await api("GET", "/users/me");
    const id = answer.headers.get("peridio-request-id")!;
    await pause(50);
    expect(server.output()).toContain(id);
  });
});

describe("after all of this", () => {
  it("the server has not failed once", () => {
    expect(server.output()).not.toMatch(/"level":(50|60)/);
  });
});
