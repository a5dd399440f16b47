import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { DeviceEvent, DeviceOptions } from "./device.ts";
import { makeTrust, parseTrustedKeys } from "./trust.ts";

const organization = "prn:1:0190b1c2-7d3e-7f00-8000-000000000001";

export function prn(type: string): string {
  return `${organization}:${type}:${randomUUID()}`;
}

export interface KeyPair {
  privateKey: KeyObject;
  /** PEM. */
  publicKey: string;
}

export function makeKey(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return { privateKey, publicKey: publicKey.export({ format: "pem", type: "spki" }).toString() };
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A manifest's item for these bytes, signed by these keys. */
export function itemOf(bytes: Uint8Array, keys: KeyPair[], fields: Record<string, unknown> = {}) {
  const hash = sha256(bytes);
  return {
    binary_prn: prn("binary"),
    hash,
    size: bytes.length as number | null,
    target: "universal",
    url: "",
    custom_metadata: null as unknown,
    artifact: { prn: prn("artifact"), name: "firmware" },
    artifact_version: { prn: prn("artifact_version"), version: "1.0.0" },
    signatures: keys.map((key) => ({
      signature: sign(null, Buffer.from(hash), key.privateKey).toString("hex").toUpperCase(),
      public_value: key.publicKey,
    })),
    ...fields,
  };
}

/** An answer of `GET /update`. */
export function updateTo(version: string | null, items: object[], release: Record<string, unknown> = {}) {
  return {
    status: "update",
    source_type: "release",
    bundle: { prn: prn("bundle") },
    release: { prn: prn("release"), version, version_requirement: null, ...release },
    manifest: items,
  };
}

/** A device API and a store of content, which do as they are told. */
export interface StandIn {
  url: string;
  /** What `GET /update` answers; `{status: "no_update"}` once a device reports this bundle. */
  answer: Record<string, unknown>;
  polls: IncomingMessage["headers"][];
  reports: { bundle_prn: string; state: string; detail: string | null }[];
  /** What was asked of the content. */
  ranges: (string | undefined)[];
  /** Serves bytes; returns their address. */
  serve(bytes: Uint8Array): string;
  /** Takes a request before it is answered as usual; true when it was answered. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>) | null;
}

export async function startStandIn(): Promise<StandIn> {
  const contents = new Map<string, Uint8Array>();
  const server = createServer(async (request, response) => {
    if (await standIn.intercept?.(request, response)) return;
    const path = new URL(request.url ?? "/", standIn.url).pathname;
    const json = (body: unknown) => response.setHeader("content-type", "application/json").end(JSON.stringify(body));
    if (path === "/update/report") {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      standIn.reports.push(JSON.parse(Buffer.concat(pieces).toString()));
      return json({});
    }
    if (path === "/update") {
      standIn.polls.push(request.headers);
      const offered = (standIn.answer.bundle as { prn?: string } | undefined)?.prn;
      return json(request.headers["peridio-bundle-prn"] === offered ? { status: "no_update" } : standIn.answer);
    }
    const bytes = contents.get(path);
    if (bytes === undefined) return response.writeHead(404).end();
    standIn.ranges.push(request.headers.range);
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    if (from === undefined || to === undefined) return response.end(bytes);
    const end = Math.min(Number(to), bytes.length - 1);
    response.writeHead(206, { "content-range": `bytes ${from}-${end}/${bytes.length}` });
    response.end(bytes.subarray(Number(from), end + 1));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const standIn: StandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: { status: "no_update" },
    polls: [],
    reports: [],
    ranges: [],
    serve(bytes) {
      const path = `/content/${randomUUID()}`;
      contents.set(path, bytes);
      return standIn.url + path;
    },
    intercept: null,
  };
  return standIn;
}

/** Options of a device of this stand-in, in a directory of its own; what it says is collected. */
export async function optionsFor(
  standIn: StandIn,
  trusted: KeyPair[],
): Promise<DeviceOptions & { events: DeviceEvent[] }> {
  const directory = await mkdtemp(join(tmpdir(), "device-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const events: DeviceEvent[] = [];
  return {
    url: standIn.url,
    directory,
    trust: makeTrust(
      trusted.flatMap(({ publicKey }) => parseTrustedKeys(publicKey)),
      1,
    ),
    pollInterval: 100,
    events,
    onEvent: (event) => events.push(event),
  };
}
