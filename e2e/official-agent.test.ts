import { createHash, createPublicKey, randomBytes, randomUUID, verify } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, makeVersion } from "./api.ts";
import {
  callAsDevice,
  type DeviceServer,
  made,
  makeBundle,
  makeCohort,
  makeDevice,
  makeRelease,
  startDeviceServer,
} from "./support/device.ts";
import { type Identity, type IdentityShop, openShop } from "./support/identities.ts";
import { makeSigningPair } from "./support/official-client.ts";
import { type Openssl, openOpenssl } from "./support/openssl.ts";
import { makeSigner, signableBinary, signBinary, type TestSigner } from "./support/signed.ts";

/*
 * The official agent, peridiod 3.4.1, as far as our server sees it: it asks what that asks, and where that raises inside its
 * poller, this throws. Written from the page of the protocol (§ 7), not from our server.
 */

/** § 7.5: what the agent expands, form-encoded. */
const expansions = [
  "manifest.binary_prn",
  "manifest.custom_metadata",
  "manifest.hash",
  "manifest.target",
  "manifest.url",
  "manifest.signatures",
  "manifest.size",
  "manifest.artifact.prn",
  "manifest.artifact.name",
  "manifest.artifact_version.prn",
  "manifest.artifact_version.version",
  "bundle.prn",
  "release.prn",
  "release.version",
  "release.version_requirement",
  "bundle_override",
  "source_type",
];
const query = expansions.map((field) => `expand%5B%5D=${encodeURIComponent(field)}`).join("&");
const userAgent = "peridiod/3.4.1 (linux; aarch64)";

interface Running {
  releasePrn?: string;
  bundlePrn?: string;
  version?: string;
}

interface AgentBinary {
  prn: string;
  hash: Buffer;
  size: number;
  target: string;
  url: URL;
  signatures: { signature: Buffer; publicKey: ReturnType<typeof createPublicKey> }[];
  metadata: Record<string, unknown> | null;
}

type Verdict =
  | { status: "no_update" | "device_quarantined" }
  | {
      status: "update";
      source: { release: Answer["body"] } | { override: Answer["body"] };
      bundlePrn: string;
      binaries: AgentBinary[];
    };

class Raised extends Error {}

function must(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Raised(what);
}

/** One poll. */
async function poll(url: string, identity: Identity, { releasePrn, bundlePrn, version }: Running): Promise<Verdict> {
  const call = callAsDevice(url, identity);
  // It leaves out what it doesn't have.
  const headers = {
    "user-agent": userAgent,
    ...(releasePrn && { "peridio-release-prn": releasePrn }),
    ...(bundlePrn && { "peridio-bundle-prn": bundlePrn }),
    ...(version && { "peridio-release-version": version }),
  };
  const answer = await call("GET", `/update?${query}`, headers);
  must(answer.status === 200, `status ${answer.status}`);
  must(answer.headers["content-type"]?.startsWith("application/json"), "not decoded without this type");
  must(Number(answer.headers["content-length"]) > 0, "no content-length");
  const { body } = answer;
  if (body.status === "no_update" || body.status === "device_quarantined") return { status: body.status };
  must(body.status === "update", `a status that it logs as an error: ${body.status}`);
  must(Array.isArray(body.manifest), "the manifest is no list");
  must(isPrn(body.bundle?.prn, "bundle"), "bundle.prn");
  const binaries = body.manifest.map(readBinary);
  if (body.source_type === "release") {
    must(isPrn(body.release?.prn, "release"), "release.prn");
    must(body.release.version === null || isVersion(body.release.version), "a version that Elixir can't parse");
    must("version_requirement" in body.release, "release.version_requirement");
    return { status: "update", source: { release: body.release }, bundlePrn: body.bundle.prn, binaries };
  }
  must(body.source_type === "bundle_override" && isPrn(body.bundle_override?.prn, "bundle_override"), "no source");
  return { status: "update", source: { override: body.bundle_override }, bundlePrn: body.bundle.prn, binaries };
}

/** Every item, whatever its target, before any is chosen. */
function readBinary(item: Answer["body"]): AgentBinary {
  for (const key of ["binary_prn", "hash", "url", "target", "size", "custom_metadata"]) must(key in item, key);
  must(isPrn(item.binary_prn, "binary"), "binary_prn");
  must(/^([0-9a-fA-F]{2})+$/.test(item.hash), "hash is no hex");
  const url = new URL(item.url);
  must(/^https?:$/.test(url.protocol) && url.pathname.length > 1, "url");
  must(isPrn(item.artifact?.prn, "artifact") && typeof item.artifact.name === "string", "artifact");
  must(isPrn(item.artifact_version?.prn, "artifact_version"), "artifact_version");
  must(Array.isArray(item.signatures), "signatures: null");
  return {
    prn: item.binary_prn,
    hash: Buffer.from(item.hash, "hex"),
    size: item.size,
    target: item.target,
    url,
    metadata: item.custom_metadata,
    signatures: item.signatures.map((one: { signature: string; public_value: string }) => {
      must(/^([0-9a-fA-F]{2})+$/.test(one.signature), "a signature that is no hex");
      return { signature: Buffer.from(one.signature, "hex"), publicKey: readKey(one.public_value) };
    }),
  };
}

/** Ed25519, as PEM or as base64 of 32 bytes, strictly. */
function readKey(value: string) {
  must(typeof value === "string", "no public_value");
  if (value.startsWith("-----")) {
    const key = createPublicKey(value);
    must(key.asymmetricKeyType === "ed25519", `a key of ${key.asymmetricKeyType}`);
    return key;
  }
  must(/^[A-Za-z0-9+/]{43}=$/.test(value), "public_value is no base64 of 32 bytes");
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(value, "base64")]);
  return createPublicKey({ key: der, format: "der", type: "spki" });
}

/** § 6.3 */
function toPem(raw: string): string {
  return `-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA${raw}\n-----END PUBLIC KEY-----\n`;
}

function isPrn(text: unknown, type: string): boolean {
  const parts = typeof text === "string" ? text.split(":") : [];
  return parts.length === 5 && parts[3] === type && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(parts[4]!);
}

function isVersion(text: string): boolean {
  return /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.test(text);
}

/** § 7.8: one plain GET, without certificate or key, complete when Content-Length is reached; then the checks. */
async function install(binary: AgentBinary, trusted: string[], from = 0): Promise<"installed" | "untrusted"> {
  const [only, ...others] = binary.signatures;
  if (!only) return "untrusted";
  must(others.length === 0, "no match of a list of exactly one signature");
  const headers = {
    "content-type": "application/octet-stream",
    "user-agent": "Peridiod/3.4.1",
    "x-retry-number": "0",
    ...(from > 0 && { range: `bytes=${from}-` }),
  };
  const answer = await fetch(binary.url, { headers, redirect: "manual" });
  must(answer.status === (from > 0 ? 206 : 200), `status ${answer.status}`);
  must(answer.headers.get("accept-ranges") === "bytes", "accept-ranges");
  must(answer.headers.get("content-encoding") === null, "a coding of its content");
  const received = Buffer.from(await answer.arrayBuffer());
  must(received.length === Number(answer.headers.get("content-length")), "content-length");
  must(received.length === binary.size - from, "size");
  if (from > 0) return "installed";
  must(createHash("sha256").update(received).digest().equals(binary.hash), "hash");
  const isTrusted = trusted.some((key) =>
    readKey(key)
      .export({ type: "spki", format: "der" })
      .equals(only.publicKey.export({ type: "spki", format: "der" })),
  );
  if (!isTrusted) return "untrusted";
  const messages = [binary.hash, Buffer.from(binary.hash.toString("hex"))];
  return messages.some((message) => verify(null, message, only.publicKey, only.signature)) ? "installed" : "untrusted";
}

let running: DeviceServer;
let api: Api;
let shop: IdentityShop;
let openssl: Openssl;
let signer: TestSigner;
let identity: Identity;
let fleet: { product: string; cohort: string };
let prn: string;
let first: { prn: string; bundle_prn: string };

beforeAll(async () => {
  running = await startDeviceServer();
  ({ api } = running);
  shop = openShop();
  openssl = openOpenssl();
  signer = await makeSigner(api);
  fleet = await makeCohort(api);
  identity = shop.make({ name: `SN-${randomUUID()}` });
  ({ prn } = await makeDevice(api, fleet, identity));
  first = await release([signer], { version: "1.0.0" });
});
afterAll(async () => {
  await running.stop();
  shop.remove();
  openssl.remove();
});

const metadata = {
  peridiod: { installer: "file", installer_opts: { name: "a.bin", path: "/data" }, reboot_required: false },
};

/** The next release: one binary, signed by these. */
async function release(
  signers: Pick<TestSigner, "prn" | "sign">[],
  more: Record<string, unknown>,
  content: Buffer = randomBytes(270),
  otherSignatures: (binary: string, content: Buffer) => Promise<void> = async () => {},
) {
  const custom_metadata = metadata;
  const artifact_version_prn = await makeVersion(api);
  const binary = await signableBinary(running.server, api, { artifact_version_prn, custom_metadata }, content);
  await otherSignatures(binary, content);
  for (const one of signers) expect((await signBinary(api, one as TestSigner, binary)).status).toBe(201);
  return makeRelease(api, fleet.cohort, await makeBundle(api, [binary]), more);
}

/** A signature over the content by RSA, which the agent would die of. */
async function signByRsa(binary: string, content: Buffer): Promise<void> {
  const name = `rsa${randomUUID()}`;
  const value = openssl.makeKey(name, "-algorithm RSA -pkeyopt rsa_keygen_bits:2048");
  openssl.write("content", content);
  openssl.run(`dgst -sha256 -sign ${name}.pem -out signature content`);
  const key = await made(api, "/signing_keys", { name, value });
  const signature = openssl.read("signature").toString("base64");
  await made(api, "/binary_signatures", { binary_prn: binary, signing_key_prn: key.prn, signature });
}

const agent = (state: Running) => poll(running.url, identity, state);
const at = (one: { prn: string; bundle_prn: string; version?: string }): Running => ({
  releasePrn: one.prn,
  bundlePrn: one.bundle_prn,
  ...(one.version && { version: one.version }),
});

describe("the official agent", () => {
  it("boots for the first time, and has nothing to say", async () => {
    expect(await agent({})).toEqual({ status: "no_update" });
  });

  it("installs a release, says so, and is up to date", async () => {
    const second = await release([signer], { version: "1.1.0", version_requirement: "~> 1.0" });
    const verdict = await agent(at(first));
    expect(verdict).toMatchObject({
      source: { release: { prn: second.prn, version: "1.1.0", version_requirement: "~> 1.0" } },
    });
    if (verdict.status !== "update") return;
    expect(verdict.binaries[0]!.metadata).toEqual(metadata);
    expect(await install(verdict.binaries[0]!, [signer.value])).toBe("installed");
    expect(await agent(at(second))).toEqual({ status: "no_update" });
    const { device } = (await api("GET", `/devices/${prn}`)).body;
    expect(device).toMatchObject({ reported_release_prn: second.prn, reported_release_version: "1.1.0" });
  });

  it("resumes where it was cut off, and asks for the size by HEAD", async () => {
    const third = await release([signer], { version: "1.2.0" }, randomBytes(100_000));
    const verdict = await agent(at(first));
    expect(verdict).toMatchObject({ source: { release: { prn: third.prn } } });
    if (verdict.status !== "update") return;
    const [binary] = verdict.binaries;
    expect(await install(binary!, [], 60_000)).toBe("installed");
    const head = await fetch(binary!.url, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, "100000"]);
  });

  it("gets exactly one signature of several, the oldest that it can verify", async () => {
    const other = await makeSigner(api);
    await release([other, signer], { version: "1.3.0" }, randomBytes(10), signByRsa);
    const verdict = await agent(at(first));
    if (verdict.status !== "update") throw new Error(verdict.status);
    expect(verdict.binaries[0]!.signatures).toHaveLength(1);
    expect(await install(verdict.binaries[0]!, [other.value])).toBe("installed");
    expect(await install(verdict.binaries[0]!, [signer.value])).toBe("untrusted");
    // Everybody else gets all of them.
    const all = await callAsDevice(running.url, identity)("GET", "/update?expand[]=manifest.signatures", {
      "peridio-release-prn": first.prn,
    });
    expect(all.body.manifest[0].signatures).toHaveLength(3);
    // Its key gone, it gets the next.
    await api("PATCH", `/signing_keys/${other.prn}`, { revoked: true });
    const later = await agent(at(first));
    if (later.status !== "update") throw new Error(later.status);
    expect(await install(later.binaries[0]!, [signer.value])).toBe("installed");
  });

  it("gets no signature at all where there is none for it, and refuses politely", async () => {
    await release([], { version: "1.4.0" }, randomBytes(10), signByRsa);
    const verdict = await agent(at(first));
    if (verdict.status !== "update") throw new Error(verdict.status);
    expect(verdict.binaries[0]!.signatures).toEqual([]);
    expect(await install(verdict.binaries[0]!, [signer.value])).toBe("untrusted");
  });

  it("takes keys in PEM, and raw ones that were registered with a line break", async () => {
    for (const [version, write] of [
      ["1.5.0", (value: string) => `${value}\n`],
      ["1.6.0", toPem],
    ] as const) {
      const pair = makeSigningPair();
      const key = await made(api, "/signing_keys", { name: version, value: write(pair.value) });
      await release([{ prn: key.prn, sign: pair.sign }], { version });
      const verdict = await agent(at(first));
      if (verdict.status !== "update") throw new Error(verdict.status);
      expect(await install(verdict.binaries[0]!, [pair.value]), version).toBe("installed");
    }
  });

  it("follows an override, and reports its bundle alone", async () => {
    const binary = await signableBinary(running.server, api, { custom_metadata: metadata });
    await signBinary(api, signer, binary);
    const bundle = await makeBundle(api, [binary]);
    const starts_at = "2026-01-01T00:00:00Z";
    const override = await made(api, "/bundle_overrides", { name: "trial", bundle_prn: bundle, starts_at });
    await made(api, `/bundle_overrides/${override.prn}/devices`, { device_prn: prn });
    const verdict = await agent(at(first));
    expect(verdict).toMatchObject({ bundlePrn: bundle, source: { override: { prn: override.prn, ends_at: null } } });
    expect(await agent({ bundlePrn: bundle })).toEqual({ status: "no_update" });
    await api("DELETE", `/bundle_overrides/${override.prn}/devices/${prn}`);
  });

  it("is told of its quarantine by the word that it knows", async () => {
    await api("PATCH", `/devices/${prn}`, { quarantined: true });
    expect(await agent(at(first))).toEqual({ status: "device_quarantined" });
    await api("PATCH", `/devices/${prn}`, { quarantined: false });
  });

  it("asks for a new link when its own has expired", async () => {
    const short = await startDeviceServer({ PERIDIO_DOWNLOAD_EXPIRY: "1" });
    const theirs = await makeCohort(short.api);
    const own = shop.make({ name: "short" });
    await makeDevice(short.api, theirs, own);
    const key = await makeSigner(short.api);
    const releases: { prn: string; bundle_prn: string }[] = [];
    for (const version of ["1.0.0", "2.0.0"]) {
      const binary = await signableBinary(short.server, short.api);
      await signBinary(short.api, key, binary);
      releases.push(await makeRelease(short.api, theirs.cohort, await makeBundle(short.api, [binary]), { version }));
    }
    const ask = () => poll(short.url, own, at(releases[0]!));
    const stale = await ask();
    if (stale.status !== "update") throw new Error(stale.status);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await expect(install(stale.binaries[0]!, [key.value])).rejects.toThrow("status 403");
    const fresh = await ask();
    if (fresh.status !== "update") throw new Error(fresh.status);
    expect(await install(fresh.binaries[0]!, [key.value])).toBe("installed");
    await short.stop();
  });
});
