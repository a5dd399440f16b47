import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Api, callApi, makeVersion, sha256 } from "./api.ts";
import { startTestServer, type TestServer } from "./server.ts";
import { startCuttingProxy } from "./support/cutting-proxy.ts";
import { peridioOf, type Ran } from "./support/peridio.ts";
import { change } from "./support/query.ts";
import { makeSigner, signBinary, signedBinary, type TestSigner } from "./support/signed.ts";

/** From one server to another, which knows the key that signed. */
let from: TestServer;
let to: TestServer;
let here: Api;
let there: Api;
let signer: TestSigner;
let directory: string;
let archive: string;
/** Where a push keeps what it is at. */
let spool: string;

beforeAll(async () => {
  [from, to] = [await startTestServer(), await startTestServer()];
  [here, there] = [from, to].map(({ url }) => callApi(url)) as [Api, Api];
  signer = await makeSigner(here);
  await there("POST", "/signing_keys", { name: "the same", value: signer.value });
});
afterAll(async () => {
  await from.stop();
  await to.stop();
});
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "archives-"));
  archive = join(directory, "bundle.cpio.zst");
  spool = mkdtempSync(join(tmpdir(), "spool-"));
  return () => {
    rmSync(directory, { recursive: true });
    rmSync(spool, { recursive: true });
  };
});

const v2 = { "x-api-version": "2" };

interface Bundle {
  prn: string;
  hash: string;
  name: string | null;
  binaries: { prn: string; custom_metadata: object | null }[];
}

async function makeBundle(contents: Uint8Array[], fields: object[] = []): Promise<Bundle> {
  const binaries = [];
  for (const [at, content] of contents.entries()) {
    const prn = await signedBinary(from, here, signer, {}, content);
    binaries.push({ prn, ...fields[at] });
  }
  const { status, body } = await here("POST", "/bundles", { binaries, name: "Spring 1.0/α" }, v2);
  expect(status).toBe(201);
  return body.bundle;
}

const pull = (bundle: Bundle): Promise<Ran> =>
  peridioOf(from)("bundles", "pull", "--bundle-prn", bundle.prn, "--file", archive);
const pushing = () => peridioOf(to, { env: { TMPDIR: spool } });
const push = (): Promise<Ran> => pushing()("bundles", "push", "--path", archive);

async function pulled(bundle: Bundle): Promise<void> {
  const ran = await pull(bundle);
  expect(ran).toMatchObject({ code: 0, stderr: `The bundle is in ${archive}.\n` });
  expect(JSON.parse(ran.stdout)).toEqual(bundle);
}

const idOf = (prn: string): string => prn.split(":").at(-1)!;

/** The same thing in the other organization. */
async function twin(prn: string): Promise<string> {
  const organization: string = (await there("GET", "/users/me")).body.data.organization_prn;
  return [organization, ...prn.split(":").slice(3)].join(":");
}

async function bundleThere(bundle: Bundle): Promise<Bundle | null> {
  const { status, body } = await there("GET", `/bundles/${await twin(bundle.prn)}`, undefined, v2);
  return status === 404 ? null : body.bundle;
}

async function contentThere(prn: string): Promise<Buffer> {
  const { download_url } = (await there("GET", `/binaries/${await twin(prn)}/download_url`)).body;
  return Buffer.from(await (await fetch(download_url)).arrayBuffer());
}

describe("a bundle", () => {
  it("goes from one server to another: ids, order, metadata, content, signatures and hash", async () => {
    const contents = [randomBytes(3_000_001), randomBytes(7), Buffer.alloc(0)];
    const bundle = await makeBundle(contents, [{ custom_metadata: { slot: "a;b" } }]);
    const signature = signer.sign(bundle.hash);
    await here("POST", "/bundle_signatures", { bundle_prn: bundle.prn, signing_key_prn: signer.prn, signature });
    await pulled(bundle);

    const ran = await push();
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const made = (await bundleThere(bundle))!;
    expect(JSON.parse(ran.stdout)).toEqual(made);
    expect(made).toMatchObject({ hash: bundle.hash, name: bundle.name });
    expect(made.binaries.map(({ prn }) => idOf(prn))).toEqual(bundle.binaries.map(({ prn }) => idOf(prn)));
    expect(made.binaries[0]!.custom_metadata).toEqual({ slot: "a;b" });
    for (const [at, { prn }] of bundle.binaries.entries()) {
      expect((await contentThere(prn)).equals(contents[at]!)).toBe(true);
      expect((await there("GET", `/binaries/${await twin(prn)}`)).body.binary).toMatchObject({
        state: "signed",
        signatures: [{ keyid: signer.keyid, signature: signer.sign(sha256(contents[at]!)) }],
      });
    }
    expect((await there("GET", `/bundles/${made.prn}/signatures`)).body.signatures).toMatchObject([
      { keyid: signer.keyid, signature },
    ]);

    const again = await push();
    expect(again).toMatchObject({ code: 0, stderr: "The bundle exists already.\n", stdout: ran.stdout });
  });

  it("keeps two binaries of equal content as two", async () => {
    const content = randomBytes(5_000);
    const bundle = await makeBundle([content, randomBytes(5_000), content]);
    await pulled(bundle);
    expect(await push()).toMatchObject({ code: 0, stderr: "" });
    expect((await bundleThere(bundle))!.binaries.map(({ prn }) => idOf(prn))).toEqual(
      bundle.binaries.map(({ prn }) => idOf(prn)),
    );
    expect((await bundleThere(bundle))!.hash).toBe(bundle.hash);
  });

  it("is named after itself when nothing else is said, and prints its PRN when asked to", async () => {
    const bundle = await makeBundle([randomBytes(10)]);
    const ran = await peridioOf(from, { cwd: directory })("bundles", "pull", "--prn", bundle.prn, "--output", "prn");
    expect(ran).toEqual({
      code: 0,
      stdout: `${bundle.prn}\n`,
      stderr: "The bundle is in Spring_1_0_α.cpio.zst.\n",
    });
    expect(readdirSync(directory)).toEqual(["Spring_1_0_α.cpio.zst"]);
    await peridioOf(from, { cwd: directory })("bundles", "pull", "--prn", bundle.prn, "--output", "named.cpio.zst");
    expect(existsSync(join(directory, "named.cpio.zst"))).toBe(true);
    await here("PATCH", `/bundles/${bundle.prn}`, { name: "ä".repeat(512) });
    const long = await peridioOf(from, { cwd: directory })("bundles", "pull", "--prn", bundle.prn);
    expect(long).toMatchObject({ code: 0, stderr: `The bundle is in ${"ä".repeat(100)}.cpio.zst.\n` });
  });

  it("holds whatever names artifacts have, and no path", async () => {
    const names = ["../../etc/passwd", "/root", "TRAILER!!!", "bundle.json", "..", "ü"];
    const binaries = [];
    for (const name of names) {
      const artifact = (await here("POST", "/artifacts", { name })).body.artifact.prn;
      const version = await here("POST", "/artifact_versions", { artifact_prn: artifact, version: "1" });
      const fields = { artifact_version_prn: version.body.artifact_version.prn };
      binaries.push({ prn: await signedBinary(from, here, signer, fields) });
    }
    const { bundle } = (await here("POST", "/bundles", { binaries }, v2)).body;
    await pulled(bundle);
    expect(entriesOf(archive).map(({ name }) => name)).toEqual([
      "bundle.json",
      "__.._etc_passwd",
      "_root",
      "TRAILER!!!_",
      "bundle.json_",
      "_",
      "ü",
    ]);
    expect(await push()).toMatchObject({ code: 0, stderr: "" });
    expect((await bundleThere(bundle))!.hash).toBe(bundle.hash);
  });
});

describe("a pull", () => {
  it("goes on when the connection breaks, again and again", async () => {
    const content = randomBytes(8_000_000);
    const bundle = await makeBundle([content, randomBytes(10)]);
    const proxy = await startCuttingProxy(from.url, { after: 1_000_000, times: 6 });
    try {
      const ran = await peridioOf({ ...from, url: proxy.url })(
        "bundles",
        "pull",
        "--prn",
        bundle.prn,
        "--file",
        archive,
      );
      expect(ran.code).toBe(0);
      expect(proxy.cuts()).toBe(6);
    } finally {
      await proxy.stop();
    }
    expect(entriesOf(archive)[1]!.content.equals(content)).toBe(true);
  });

  it("is refused for a destroyed binary, and for one of 4 GiB, and leaves nothing behind", async () => {
    const bundle = await makeBundle([randomBytes(10)]);
    const { prn } = bundle.binaries[0]!;
    change(from, "update binaries set size = ? where id = ?", 4_294_967_296, idOf(prn));
    const large =
      `peridio: the bundle can't be pulled: its binary ${prn} (portable) has 4294967296 bytes, and an archive holds less ` +
      "than 4 GiB of one binary. Bring this one over by hand, with 'peridio binaries download' here and " +
      `'peridio binaries create --id ${idOf(prn)} --content-path FILE' there\n`;
    expect(await pull(bundle)).toEqual({ code: 1, stdout: "", stderr: large });
    change(from, "update binaries set size = ? where id = ?", 10, idOf(prn));
    await here("POST", `/binaries/${prn}/destroy`);
    const gone = `peridio: the bundle can't be pulled: its binary ${prn} (portable) is 'destroyed', not 'signed'\n`;
    expect(await pull(bundle)).toEqual({ code: 1, stdout: "", stderr: gone });
    expect(readdirSync(directory)).toEqual([]);
  });

  it("of content that isn't the record's leaves nothing behind", async () => {
    const bundle = await makeBundle([randomBytes(10), randomBytes(10)]);
    const wrong = sha256(randomBytes(1));
    const { prn } = bundle.binaries[1]!;
    const right = (await here("GET", `/binaries/${prn}`)).body.binary.hash;
    change(from, "update binaries set hash = ? where id = ?", wrong, idOf(prn));
    expect(await pull(bundle)).toEqual({
      code: 1,
      stdout: "",
      stderr: `peridio: the downloaded content has the SHA-256 ${right}, the binary has ${wrong}; it was removed\n`,
    });
    expect(readdirSync(directory)).toEqual([]);
  });
});

interface CpioEntry {
  name: string;
  content: Buffer;
}

/** Reads an archive as its description says, independently of the program. */
function entriesOf(path: string): CpioEntry[] {
  const bytes = zstdDecompressSync(readFileSync(path));
  const entries: CpioEntry[] = [];
  for (let at = 0; ; ) {
    const field = (index: number) =>
      Number.parseInt(bytes.toString("latin1", at + 6 + index * 8, at + 14 + index * 8), 16);
    const [size, nameSize] = [field(6), field(11)];
    const name = bytes.toString("utf8", at + 110, at + 110 + nameSize - 1);
    if (name === "TRAILER!!!") return entries;
    const start = (at + 110 + nameSize + 3) & ~3;
    entries.push({ name, content: bytes.subarray(start, start + size) });
    at = (start + size + 3) & ~3;
  }
}

/** Writes one likewise. */
function writeEntries(path: string, entries: CpioEntry[]): void {
  const pieces = [...entries, { name: "TRAILER!!!", content: Buffer.alloc(0) }].flatMap(({ name, content }) => {
    const bytes = Buffer.from(`${name}\0`);
    const fields = [0, 0, 0, 0, 1, 0, content.length, 0, 0, 0, 0, bytes.length, 0];
    const header = `070701${fields.map((value) => value.toString(16).padStart(8, "0")).join("")}`;
    return [
      Buffer.from(header),
      bytes,
      Buffer.alloc(-(110 + bytes.length) & 3),
      content,
      Buffer.alloc(-content.length & 3),
    ];
  });
  writeFileSync(path, zstdCompressSync(Buffer.concat(pieces)));
}

describe("a push", () => {
  /** Changes the archive's entries. */
  function tamper(work: (entries: CpioEntry[]) => CpioEntry[]): void {
    writeEntries(archive, work(entriesOf(archive)));
  }
  function tamperDocument(work: (document: Body) => void): void {
    tamper(([first, ...rest]) => {
      const document = JSON.parse(first!.content.toString()) as Body;
      work(document);
      return [{ name: first!.name, content: Buffer.from(JSON.stringify(document)) }, ...rest];
    });
  }
  // biome-ignore lint/suspicious/noExplicitAny: tests change it in all its places.
  type Body = any;

  const damages: [string, (bundle: Bundle) => void, (bundle: Bundle) => string][] = [
    [
      "is no zstd stream",
      () => writeFileSync(archive, "hello, this is text"),
      () => `${archive} is not compressed by zstd, or is damaged: Unknown frame descriptor`,
    ],
    [
      "is no cpio archive",
      () => writeFileSync(archive, zstdCompressSync(Buffer.from("x".repeat(200)))),
      () => "the archive can't be read: it is no cpio archive of the form newc; it holds 'xxxxxxxxxxxx' there",
    ],
    ["is empty", () => writeFileSync(archive, ""), () => `${archive} ends early: its compressed stream is cut off`],
    [
      "is cut off",
      () => writeFileSync(archive, readFileSync(archive).subarray(0, -100)),
      () => `${archive} ends early: its compressed stream is cut off`,
    ],
    [
      "was cut off before it was compressed",
      () => writeFileSync(archive, zstdCompressSync(zstdDecompressSync(readFileSync(archive)).subarray(0, -2_000))),
      () => "the archive ends early: of entry 3, 'NAME3', SHORT of 3000 bytes are missing",
    ],
    [
      "goes on behind its compressed stream",
      () => writeFileSync(archive, Buffer.concat([readFileSync(archive), Buffer.from("more")])),
      () => `${archive} is not compressed by zstd, or is damaged: Unknown frame descriptor`,
    ],
    [
      "is there twice",
      () => writeFileSync(archive, Buffer.concat([readFileSync(archive), readFileSync(archive)])),
      () => "the archive goes on behind its end; it is damaged",
    ],
    [
      "goes on behind its trailer",
      () => {
        const bytes = Buffer.concat([zstdDecompressSync(readFileSync(archive)), Buffer.from("more")]);
        writeFileSync(archive, zstdCompressSync(bytes));
      },
      () => "the archive goes on behind its end; it is damaged",
    ],
    [
      "has a changed byte",
      () =>
        tamper(([first, second, third]) => {
          const content = Buffer.from(third!.content);
          content[7]! ^= 1;
          return [first!, second!, { ...third!, content }];
        }),
      () => "entry 3 of the archive, 'NAME3', has the SHA-256 CHANGED, its manifest says HASH3; the archive is damaged",
    ],
    [
      "has a binary more",
      () => tamper((entries) => [...entries, { name: "more", content: Buffer.from("more") }]),
      () => "entry 4 of the archive, 'more', has 4 bytes, as no binary of its manifest",
    ],
    [
      "has a binary less",
      () => tamper((entries) => entries.slice(0, 2)),
      () => "the archive doesn't hold the content of 1 of its binaries: ID3 (SHA-256 HASH3)",
    ],
    [
      "begins with something else",
      () => tamper((entries) => entries.slice(1)),
      () => "the archive must begin with bundle.json; it begins with 'NAME2'",
    ],
    ["holds nothing", () => tamper(() => []), () => "the archive must begin with bundle.json; it is empty"],
    ...["../escape", "/etc/passwd", "a/../../b", "..\\b", "c:\\b"].map((name): (typeof damages)[number] => [
      `has the name ${name}`,
      () => tamper(([first, ...rest]) => [first!, ...rest.map((entry) => ({ ...entry, name }))]),
      () =>
        `entry 2 of the archive has the name '${name}', which leads out of the folder that it is unpacked in; ` +
        "don't trust it",
    ]),
    [
      "has a name that is no text",
      () => tamper(([first, ...rest]) => [first!, ...rest.map((entry) => ({ ...entry, name: "a\u0007b" }))]),
      () => "entry 2 of the archive has the name 'a?b', which is no text; don't trust it",
    ],
    [
      "says no JSON",
      () => tamper(([first, ...rest]) => [{ ...first!, content: Buffer.from("{") }, ...rest]),
      () =>
        "the archive's bundle.json can't be read as JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2)",
    ],
    [
      "says no hash",
      () =>
        tamperDocument(({ bundle }) => {
          bundle.manifest[1].hash = "abc";
        }),
      () =>
        'the archive\'s bundle.json is wrong: bundle.manifest.1.hash must be 64 lower-case hex characters; got "abc"',
    ],
    [
      "says a negative size",
      () =>
        tamperDocument(({ bundle }) => {
          bundle.manifest[0].size = -1;
        }),
      () => "the archive's bundle.json is wrong: bundle.manifest.0.size must be a number of bytes; got -1",
    ],
    [
      "says nothing of an artifact",
      () =>
        tamperDocument((document) => {
          document.artifacts = {};
        }),
      () =>
        "the archive's bundle.json is wrong: bundle.manifest.0.binary_id must be among " +
        'artifacts.ARTIFACT2.versions.VERSION2.binaries; got "ID2"',
    ],
    [
      "has an id with a path in it",
      () =>
        tamperDocument(({ bundle }) => {
          bundle.id = "../../artifacts";
        }),
      () => 'the archive\'s bundle.json is wrong: bundle.id must be a UUID; got "../../artifacts"',
    ],
    [
      "has no binaries",
      () =>
        tamperDocument(({ bundle }) => {
          bundle.manifest = [];
        }),
      () => "the archive's bundle.json is wrong: bundle.manifest must be a list of at least one binary; got []",
    ],
    [
      "has a binary twice",
      () =>
        tamperDocument(({ bundle }) => {
          bundle.manifest.push(bundle.manifest[0]);
        }),
      () =>
        'the archive\'s bundle.json is wrong: bundle.manifest.2.binary_id must be another binary than those before; got "ID2"',
    ],
  ];

  it.each(damages)("of an archive that %s says so and makes no bundle", async (_name, damage, expected) => {
    const bundle = await makeBundle([randomBytes(2_000), randomBytes(3_000)]);
    await pulled(bundle);
    const whole = entriesOf(archive);
    const { manifest } = JSON.parse(whole[0]!.content.toString()).bundle;
    damage(bundle);
    const ran = await push();
    const changed = ran.stderr.match(/has the SHA-256 ([0-9a-f]{64}), its/)?.[1];
    const short = ran.stderr.match(/, (\d+) of 3000 bytes/)?.[1];
    const words: Record<string, string> = {
      NAME2: whole[1]!.name,
      NAME3: whole[2]!.name,
      HASH3: manifest[1].hash,
      ID2: manifest[0].binary_id,
      ID3: manifest[1].binary_id,
      ARTIFACT2: manifest[0].artifact_id,
      VERSION2: manifest[0].artifact_version_id,
      CHANGED: changed ?? "?",
      SHORT: short ?? "?",
    };
    const text = expected(bundle).replaceAll(/[A-Z]{2,}\d?/g, (word) => words[word] ?? word);
    expect(ran).toEqual({ code: 1, stdout: "", stderr: `peridio: ${text}\n` });
    expect(await bundleThere(bundle)).toBeNull();
    expect(readdirSync(spool)).toEqual([]);
  });

  it("of a file that isn't there says so", async () => {
    const { code, stderr } = await push();
    expect({ code, stderr }).toEqual({ code: 1, stderr: `peridio: ${archive}: there is no such file\n` });
  });

  it("needs the key that signed, goes on when it is registered, and sends nothing twice", async () => {
    const other = await makeSigner(here);
    const content = randomBytes(50_000);
    const binary = await signedBinary(from, here, other, {}, content);
    const more = await signedBinary(from, here, signer);
    const body = { binaries: [{ prn: more }, { prn: binary }] };
    const bundle: Bundle = (await here("POST", "/bundles", body, v2)).body.bundle;
    await pulled(bundle);
    const refused =
      `peridio: the archive has a signature by the key with the keyid ${other.keyid}, which isn't registered here; ` +
      "register it with 'peridio signing-keys create' and push again\n";
    expect(await push()).toEqual({ code: 1, stdout: "", stderr: refused });
    expect(await bundleThere(bundle)).toBeNull();
    const before = (await there("GET", `/binaries/${await twin(binary)}`)).body.binary;
    expect(before).toMatchObject({ state: "signable", signatures: [] });

    await there("POST", "/signing_keys", { name: "other", value: other.value });
    expect(await push()).toMatchObject({ code: 0, stderr: "" });
    expect((await bundleThere(bundle))!.hash).toBe(bundle.hash);
    const search = encodeURIComponent(`resource_prn:'${before.prn}' and type:'binary'`);
    const { audit_logs } = (await there("GET", `/audit_logs?order=asc&search=${search}`)).body;
    const steps = audit_logs.map(({ subtype }: { subtype: string }) => subtype);
    expect(steps.filter((step: string) => step === "created" || step === "hashing")).toHaveLength(2);
  });

  it("killed at any moment and run again brings all of it, once", async () => {
    const contents = [randomBytes(4_000_000), randomBytes(4_000_000), randomBytes(4_000_000)];
    const bundle = await makeBundle(contents);
    await pulled(bundle);
    for (const { prn } of bundle.binaries) {
      const running = pushing().start("bundles", "push", "--path", archive);
      const binary = await twin(prn);
      for (let status = 404; status === 404; ) {
        if (running.child.exitCode !== null) break;
        status = (await there("GET", `/binaries/${binary}`)).status;
      }
      running.child.kill("SIGKILL");
      await running.ended;
    }
    expect(await push()).toMatchObject({ code: 0 });
    expect((await bundleThere(bundle))!.hash).toBe(bundle.hash);
    for (const [at, { prn }] of bundle.binaries.entries()) {
      expect((await contentThere(prn)).equals(contents[at]!)).toBe(true);
    }
  });

  it("is refused where its ids mean something else, which is named", async () => {
    const bundle = await makeBundle([randomBytes(10)]);
    await pulled(bundle);
    const { artifacts, bundle: archived } = JSON.parse(entriesOf(archive)[0]!.content.toString());
    const [item] = archived.manifest;
    const taken = await signedBinary(to, there, await makeSigner(there), { id: item.binary_id, target: "other" });
    const { hash, artifact_version_prn } = (await there("GET", `/binaries/${taken}`)).body.binary;
    expect(taken).toBe(await twin(bundle.binaries[0]!.prn));
    expect(await push()).toEqual({
      code: 1,
      stdout: "",
      stderr: `peridio: ${taken} exists already and is another binary: its SHA-256 is ${hash}, the archive's is ${item.hash}\n`,
    });
    await there("POST", `/binaries/${taken}/destroy`);
    const destroyed = `peridio: ${taken} is destroyed; its content can't come back, so this bundle can't be made here\n`;
    expect(await push()).toEqual({ code: 1, stdout: "", stderr: destroyed });

    const body = { binaries: [{ prn: await signedBinary(to, there, await makeSigner(there)) }], id: archived.id };
    const other: Bundle = (await there("POST", "/bundles", body, v2)).body.bundle;
    expect(await push()).toEqual({
      code: 1,
      stdout: "",
      stderr:
        `peridio: ${other.prn} exists already and is another bundle: its hash is ${other.hash}, ` +
        `the archive's is ${bundle.hash}\n`,
    });
    expect(Object.keys(artifacts)).toHaveLength(1);
    expect(artifact_version_prn).not.toContain(item.artifact_version_id);
  });

  it("leaves out a signature over another server's hash, and says so; a second push finds the bundle", async () => {
    const bundle = await makeBundle([randomBytes(10)]);
    await pulled(bundle);
    const foreign = sha256(Buffer.from("hashed in another way"));
    tamperDocument((document) => {
      document.bundle.hash = foreign;
      document.bundle.signatures = [{ keyid: signer.keyid, sig: signer.sign(foreign) }];
    });
    const note = `the bundle's signature by key ${signer.keyid} is over another hash than the bundle has here, and was left out\n`;
    expect(await push()).toMatchObject({ code: 0, stderr: note });
    expect(await push()).toMatchObject({ code: 0, stderr: `${note}The bundle exists already.\n` });
    expect((await bundleThere(bundle))!.hash).toBe(bundle.hash);
  });

  it("brings all signatures of a binary, and the text beside it", async () => {
    const artifact = (await here("POST", "/artifacts", { name: randomUUID(), description: "a camera" })).body.artifact;
    const fields = { artifact_prn: artifact.prn, version: "1.2", description: "with night vision" };
    const version = (await here("POST", "/artifact_versions", fields)).body.artifact_version.prn;
    const binary = await signedBinary(from, here, signer, { artifact_version_prn: version });
    await here("PATCH", `/binaries/${binary}`, { description: "for boards" });
    const second = await makeSigner(here);
    await there("POST", "/signing_keys", { name: "second", value: second.value });
    await signBinary(here, second, binary);
    const bundle: Bundle = (await here("POST", "/bundles", { binaries: [{ prn: binary }] }, v2)).body.bundle;
    await pulled(bundle);
    expect(await push()).toMatchObject({ code: 0, stderr: "" });
    const made = (await there("GET", `/binaries/${await twin(binary)}`)).body.binary;
    expect(made.description).toBe("for boards");
    expect(made.signatures.map(({ keyid }: { keyid: string }) => keyid).sort()).toEqual(
      [signer.keyid, second.keyid].sort(),
    );
    expect((await there("GET", `/artifact_versions/${await twin(version)}`)).body.artifact_version).toMatchObject({
      version: "1.2",
      description: "with night vision",
      artifact_prn: await twin(artifact.prn),
    });
    expect((await there("GET", `/artifacts/${await twin(artifact.prn)}`)).body.artifact).toMatchObject({
      name: artifact.name,
      description: "a camera",
    });
    expect(await makeVersion(there)).toBeDefined();
  });
});
