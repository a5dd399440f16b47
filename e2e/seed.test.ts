import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Answer, type Api, callApi, makeBinary, makeVersion, sendPart, sha256, untilVerified } from "./api.ts";
import { apiKey, startTestServer, type TestServer } from "./server.ts";
import { type Openssl, openOpenssl } from "./support/openssl.ts";
import { blocks, ciScript, type Ran, runScript } from "./support/seed.ts";

let server: TestServer;
let api: Api;
let directory: string;

beforeAll(async () => {
  server = await startTestServer();
  api = callApi(server.url);
});

afterAll(() => server.stop());

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "e2e-seed-"));
  return () => rm(directory, { recursive: true, force: true });
});

const target = "arm-linux-gnueabihf";

/** Names of all commands in the seed, in its order, so that a changed seed can't leave one untested. */
const commands = blocks("bash");
const [
  createAndUpload,
  createByCurl,
  uploadDirectly,
  uploadParts,
  completeUpload,
  calculateHash,
  provideHash,
  signAndAttach,
  listBinaries,
  getBinary,
  resetUpload,
  destroyBinary,
  buildForTargets,
] = commands.map(({ text }) => text) as [string, ...string[]] & Record<number, string>;

/** Runs a block with these variables beside those that every user has set. */
function run(block: string | undefined, variables: Record<string, string> = {}, prepared = true): Promise<Ran> {
  const always = { PERIDIO_BASE_URL: server.url, PERIDIO_API_KEY: apiKey, API_KEY: apiKey };
  return runScript(block!, { directory, variables: { ...always, ...variables }, prepared });
}

async function expectDone(ran: Promise<Ran>): Promise<string> {
  const { code, stdout, stderr } = await ran;
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

async function firmware(size: number): Promise<Buffer> {
  const bytes = randomBytes(size);
  await writeFile(join(directory, "firmware.bin"), bytes);
  return bytes;
}

async function read(prn: string): Promise<Answer["body"]> {
  return (await api("GET", `/binaries/${prn}`)).body.binary;
}

async function partsOf(prn: string): Promise<{ index: number; size: number; state: string }[]> {
  return (await api("GET", `/binaries/${prn}/parts`)).body.binary_parts;
}

/** The binaries of a version, by target. */
async function binariesOf(version: string): Promise<Map<string, Answer["body"]>> {
  const search = new URLSearchParams({ search: `artifact_version_prn:'${version}'`, limit: "100" });
  const { binaries } = (await api("GET", `/binaries?${search}`)).body as { binaries: { target: string }[] };
  return new Map(binaries.map((binary) => [binary.target, binary]));
}

async function signable(bytes: Buffer): Promise<string> {
  const prn = await makeBinary(api, bytes, target);
  await sendPart(api, prn, 1, bytes);
  await api("PATCH", `/binaries/${prn}`, { state: "hashable" });
  expect((await untilVerified(api, prn)).state).toBe("signable");
  return prn;
}

it("the seed has the blocks that are run here, in this order", () => {
  expect(commands.map(({ heading }) => heading)).toEqual([
    "Via CLI",
    "Via API",
    "Direct Upload",
    "Multipart Upload",
    "Multipart Upload",
    "Calculate Hash",
    "Provide Hash on Creation",
    "Signature Creation",
    "Listing Binaries",
    "Binary Information",
    "Resetting Failed Uploads",
    "Destroying Binaries",
    "Multi-Architecture Builds",
  ]);
});

describe("as the seed prints it,", () => {
  it("Via CLI: a binary is created and uploaded, and ends in signable", async () => {
    const bytes = await firmware(300_000);
    const version = await makeVersion(api);
    const variables = { VERSION_PRN: version, FILE_HASH: sha256(bytes), FILE_SIZE: String(bytes.length) };
    await expectDone(run(createAndUpload, variables));
    expect((await binariesOf(version)).get(target)).toMatchObject({
      state: "signable",
      hash: sha256(bytes),
      size: bytes.length,
    });
  });

  it("Via API: curl creates a record, without a content type and under /v1", async () => {
    const version = await makeVersion(api);
    const hash = sha256(randomBytes(1));
    const real = createByCurl!
      .replace('"prn:1:artifact-version:..."', `"${version}"`)
      .replace('"sha256:abc123..."', `"sha256:${hash}"`);
    const { binary } = JSON.parse(await expectDone(run(real)));
    const expected = { artifact_version_prn: version, target, hash, size: 104_857_600, state: "uploadable" };
    expect(binary).toMatchObject(expected);
    expect(await read(binary.prn)).toMatchObject(expected);
  });

  it("Direct Upload: a file under 100 MB goes in one request", async () => {
    const bytes = await firmware(20_000_000);
    const prn = await makeBinary(api, bytes, target);
    const { artifact_version_prn } = await read(prn);
    await expectDone(run(uploadDirectly, { BINARY_PRN: prn, VERSION_PRN: artifact_version_prn }));
    expect(await read(prn)).toMatchObject({ state: "signable", hash: sha256(bytes) });
    expect(await partsOf(prn)).toEqual([]);
  });

  it("Direct Upload: a file above 100 MB goes in parts by the same command", async () => {
    const bytes = await firmware(110_000_000);
    const prn = await makeBinary(api, bytes, target);
    const { artifact_version_prn } = await read(prn);
    await expectDone(run(uploadDirectly, { BINARY_PRN: prn, VERSION_PRN: artifact_version_prn }));
    expect(await read(prn)).toMatchObject({ state: "signable", hash: sha256(bytes) });
    expect((await partsOf(prn)).length).toBeGreaterThan(1);
  });

  it("Multipart Upload: a file that `split` cut is uploaded part by part, and completed", async () => {
    const bytes = await firmware(25_000_000);
    const prn = await makeBinary(api, bytes, target);
    await expectDone(run(uploadParts, { BINARY_PRN: prn }));
    expect(await partsOf(prn)).toMatchObject([
      { index: 1, size: 10_485_760, state: "valid" },
      { index: 2, size: 10_485_760, state: "valid" },
      { index: 3, size: 4_028_480, state: "valid" },
    ]);
    expect((await read(prn)).state).toBe("uploadable");
    await expectDone(run(completeUpload, { BINARY_PRN: prn }));
    expect(await untilVerified(api, prn)).toMatchObject({ state: "signable", hash: sha256(bytes) });
  });

  it("Multipart Upload: without NUMBER, which the seed never sets, the option is missed by its name", async () => {
    const prn = await makeBinary(api, await firmware(1000), target);
    const { code, stderr } = await run(uploadParts, { BINARY_PRN: prn }, false);
    expect(code).not.toBe(0);
    expect(stderr).toContain("--part-number");
    expect(await partsOf(prn)).toEqual([]);
  });

  it("Calculate Hash: both programs print the hash that the server wants", async () => {
    const bytes = await firmware(1000);
    const prn = await signable(bytes);
    const { hash } = await read(prn);
    const lines = (await expectDone(run(calculateHash))).trim().split("\n");
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toContain(hash);
  });

  it("Provide Hash on Creation: the excerpt lacks two options, and is told which", async () => {
    await firmware(1000);
    const { code, stderr } = await run(provideHash);
    expect(code).not.toBe(0);
    expect(stderr).toContain("--artifact-version-prn");
  });

  it("Provide Hash on Creation: with the two options it lacks, the hash may have its prefix", async () => {
    const bytes = await firmware(1000);
    const version = await makeVersion(api);
    const whole = provideHash!.replace(
      "binaries create",
      `binaries create --artifact-version-prn ${version} --target ${target}`,
    );
    await expectDone(run(whole));
    expect((await binariesOf(version)).get(target)).toMatchObject({
      hash: sha256(bytes),
      size: 1000,
      state: "uploadable",
    });
  });

  it.each([
    ["RSA-2048", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048"],
    ["RSA-4096", "-algorithm RSA -pkeyopt rsa_keygen_bits:4096"],
    ["ECDSA P-256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256"],
  ])("Signature Creation: a binary is signed by %s, with the substitution unquoted", async (_what, options) => {
    const openssl: Openssl = openOpenssl();
    const value = openssl.makeKey("private_key", options);
    await writeFile(join(directory, "private_key.pem"), openssl.read("private_key.pem"));
    openssl.remove();
    const key = (await api("POST", "/signing_keys", { name: "key", value })).body.signing_key;
    const prn = await signable(await firmware(1000));
    await expectDone(run(signAndAttach, { BINARY_PRN: prn, KEY_PRN: key.prn }));
    const signature = (await readFile(join(directory, "firmware.sig"))).toString("hex").toUpperCase();
    expect(await read(prn)).toMatchObject({
      state: "signed",
      signatures: [{ signing_key_prn: key.prn, keyid: key.keyid, signature }],
    });
  });

  it("Listing Binaries: all of a version, then those of one target", async () => {
    const version = await makeVersion(api);
    const made = await Promise.all(
      [target, "x86_64-linux-gnu"].map((each) =>
        api("POST", "/binaries", { artifact_version_prn: version, target: each }),
      ),
    );
    const [arm, x86] = made.map(({ body }) => body.binary.prn as string);
    const stdout = await expectDone(run(listBinaries, { VERSION_PRN: version }));
    expect([stdout.split(arm!).length - 1, stdout.split(x86!).length - 1]).toEqual([2, 1]);
  });

  it("Binary Information: what is printed has all that the seed shows", async () => {
    const bytes = randomBytes(1000);
    const prn = await signable(bytes);
    const printed = JSON.parse(await expectDone(run(getBinary, { BINARY_PRN: prn })));
    // The official CLI wraps the object; the seed shows it bare. Either may be printed.
    const shown = printed.binary ?? printed;
    const example = JSON.parse(blocks("json").find(({ heading }) => heading === "Binary Information")!.text);
    for (const field of Object.keys(example)) expect(shown).toHaveProperty(field);
    expect(shown).toMatchObject({ prn, target, size: 1000, state: "signable" });
    expect(shown.hash.replace(/^sha256:/, "")).toBe(sha256(bytes));
    expect(Date.parse(shown.created_at)).toBe(Date.parse((await read(prn)).inserted_at));
  });

  it("Resetting Failed Uploads: parts are deleted, and the upload can be tried again", async () => {
    const bytes = await firmware(1000);
    const prn = await makeBinary(api, bytes, target);
    await sendPart(api, prn, 1, bytes);
    expect(await partsOf(prn)).toHaveLength(1);
    await expectDone(run(resetUpload, { BINARY_PRN: prn }));
    expect(await read(prn)).toMatchObject({ state: "uploadable", revision: 1 });
    expect(await partsOf(prn)).toEqual([]);
    const { artifact_version_prn } = await read(prn);
    await expectDone(run(uploadDirectly, { BINARY_PRN: prn, VERSION_PRN: artifact_version_prn }));
    expect((await read(prn)).state).toBe("signable");
  });

  it("Destroying Binaries: content is gone, the record stays", async () => {
    const bytes = randomBytes(1000);
    const prn = await signable(bytes);
    const { download_url } = (await api("GET", `/binaries/${prn}/download_url`)).body;
    await expectDone(run(destroyBinary, { BINARY_PRN: prn }));
    expect(await read(prn)).toMatchObject({ state: "destroyed", hash: sha256(bytes), size: 1000 });
    expect((await fetch(download_url)).status).toBe(409);
  });

  it("Multi-Architecture Builds: three targets are built, created without a size, and uploaded", async () => {
    const version = await makeVersion(api);
    await expectDone(run(buildForTargets, { VERSION_PRN: version }));
    const made = await binariesOf(version);
    expect([...made.keys()].sort()).toEqual(["aarch64-linux-gnu", target, "x86_64-linux-gnu"]);
    for (const [each, binary] of made) {
      const bytes = await readFile(join(directory, `output-${each}.bin`));
      expect(binary).toMatchObject({ state: "signable", hash: sha256(bytes), size: bytes.length });
    }
  });

  it("CI/CD Integration: the step of the workflow creates and uploads", async () => {
    const bytes = await firmware(300_000);
    const version = await makeVersion(api);
    const script = ciScript({ "env.OUTPUT_FILE": "firmware.bin", "env.VERSION_PRN": version, "matrix.target": target });
    expect(script).not.toContain("${{");
    await expectDone(run(script, {}, false));
    expect((await binariesOf(version)).get(target)).toMatchObject({ state: "signable", hash: sha256(bytes) });
  });
});
