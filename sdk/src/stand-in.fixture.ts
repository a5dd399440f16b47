import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Binary } from "./binary.ts";

export const standInPrn = "prn:1:0190b1c2-7d3e-7f00-8000-000000000001:binary:0190b1c2-7d3e-7f00-8000-000000000002";

interface Part {
  index: number;
  size: number;
  hash: string;
  state: string;
  bytes: Buffer | null;
}

/** What a test wants to happen to a request instead of its answer: a status, or a connection that is cut. */
export type Mishap = (method: string, path: string) => number | "cut" | undefined;

/** As much of a server as one binary needs, in memory, with every accident that a test asks for. */
export interface StandIn {
  url: string;
  binary: Binary;
  parts: Map<number, Part>;
  content: Buffer;
  /** `METHOD path`, in the order of arrival. */
  seen: string[];
  /** Bodies of PATCHes. */
  patches: Record<string, unknown>[];
  /** Most part bodies on their way at one time. */
  busiest: number;
  mishap: Mishap;
  /** Sends only this many bytes of the content before the connection is cut, this often. */
  cutDownloads: { after: number; times: number };
  ignoresRange: boolean;
  /** Sends other bytes than those that were asked for, and says so. */
  wrongRange: boolean;
  /** `peridio-region` and `peridio-origins` of who asked for links last. */
  where: (string | undefined)[];
  /** Name → address of those that links name, in order; null for a server that knows nothing of origins. */
  origins: Record<string, string> | null;
  close(): void;
  /** Listens again on the same port. */
  reopen(): Promise<void>;
}

export async function startStandIn(fields: Partial<Binary> = {}): Promise<StandIn> {
  const server = createServer((request, response) => void answer(standIn, request, response));
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const standIn: StandIn = {
    url: `http://127.0.0.1:${port}`,
    binary: { ...record, ...fields },
    parts: new Map(),
    content: Buffer.alloc(0),
    seen: [],
    patches: [],
    busiest: 0,
    mishap: () => undefined,
    cutDownloads: { after: 0, times: 0 },
    ignoresRange: false,
    wrongRange: false,
    where: [],
    origins: null,
    close() {
      server.close();
      server.closeAllConnections();
    },
    reopen: () => listen(port),
  };
  return standIn;
}

const record: Binary = {
  prn: standInPrn,
  organization_prn: "prn:1:0190b1c2-7d3e-7f00-8000-000000000001",
  inserted_at: "2026-01-01T00:00:00.000000Z",
  updated_at: "2026-01-01T00:00:00.000000Z",
  created_at: "2026-01-01T00:00:00.000000Z",
  artifact_version_prn:
    "prn:1:0190b1c2-7d3e-7f00-8000-000000000001:artifact_version:0190b1c2-7d3e-7f00-8000-000000000003",
  archived: false,
  archived_at: null,
  hold: null,
  target: "t",
  hash: null,
  size: null,
  state: "uploadable",
  revision: 0,
  description: null,
  custom_metadata: null,
  signatures: [],
  content_store_prn: null,
  content_availability: "available",
  archive_class: null,
  verification_failure: null,
  quarantine: null,
};

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

let onWay = 0;

async function answer(standIn: StandIn, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "", url = "" } = request;
  const path = decodeURIComponent(url).replace(/^\/v1/, "");
  standIn.seen.push(`${method} ${path}`);
  const json = (status: number, body: unknown) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  const mishap = standIn.mishap(method, path);
  if (mishap === "cut") return void request.socket.destroy();
  onWay += path.startsWith("/link") ? 1 : 0;
  standIn.busiest = Math.max(standIn.busiest, onWay);
  const body = await read(request);
  onWay -= path.startsWith("/link") ? 1 : 0;
  if (mishap !== undefined) {
    return void json(mishap, { errors: { detail: `a mishap of ${mishap}`, code: "mishap" } });
  }
  const link = /^\/link\/(\d+)$/.exec(path);
  if (link) return void json(200, receive(standIn, Number(link[1]), body));
  if (path === "/content") return sendContent(standIn, request, response);
  const rest = path.slice(`/binaries/${standInPrn}`.length);
  if (method === "PUT" && rest === "/content") {
    standIn.content = body;
    verify(standIn);
    return void json(200, { binary: standIn.binary });
  }
  if (rest === "/download_url") {
    standIn.where = ["peridio-region", "peridio-origins"].map((name) => request.headers[name]?.toString());
    return void json(200, linksOf(standIn));
  }
  if (rest === "/parts")
    return void json(200, { binary_parts: [...standIn.parts.values()].map(shown), next_page: null });
  if (rest.startsWith("/parts/")) {
    const part = announce(standIn, Number(rest.slice("/parts/".length)), JSON.parse(body.toString()));
    return void json(201, {
      binary_part: { ...shown(part), presigned_upload_url: `${standIn.url}/link/${part.index}` },
    });
  }
  if (method === "PATCH") patch(standIn, JSON.parse(body.toString()));
  json(200, { binary: standIn.binary });
  if (method === "GET" && standIn.binary.state === "hashing") verify(standIn);
}

function linksOf({ url, origins }: StandIn): unknown {
  if (origins === null) return { download_url: `${url}/content` };
  const urls = Object.entries(origins).map(([origin, url]) => ({ origin, url, expires_at: "2026-01-01T00:00:00Z" }));
  return { download_url: urls[0]!.url, urls };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of request) pieces.push(piece as Buffer);
  } catch {
    // The client gave up.
  }
  return Buffer.concat(pieces);
}

function shown({ bytes: _bytes, ...part }: Part) {
  return part;
}

function announce(standIn: StandIn, index: number, { size, hash }: { size: number; hash: string }): Part {
  const known = standIn.parts.get(index);
  const part = known?.hash === hash ? known : { index, size, hash, state: "uploadable", bytes: null };
  standIn.parts.set(index, part);
  return part;
}

function receive(standIn: StandIn, index: number, bytes: Buffer): unknown {
  const part = standIn.parts.get(index)!;
  part.state = sha256(bytes) === part.hash ? "valid" : "invalid_hash";
  part.bytes = bytes;
  return {};
}

function patch(standIn: StandIn, change: Record<string, unknown>): void {
  standIn.patches.push(change);
  Object.assign(standIn.binary, change);
  if (change.state === "uploadable") standIn.parts.clear();
  if (change.state !== "hashable") return;
  const parts = [...standIn.parts.values()].sort((a, b) => a.index - b.index);
  standIn.content = Buffer.concat(parts.map((part) => part.bytes!));
  standIn.binary.state = "hashing";
}

function verify(standIn: StandIn): void {
  const { binary, content } = standIn;
  const actual = sha256(content);
  const isRight = actual === binary.hash && content.length === binary.size;
  binary.state = isRight ? "signable" : "uploadable";
  if (isRight) return;
  const expected = { expected_hash: binary.hash ?? "", expected_size: binary.size ?? 0 };
  binary.verification_failure = {
    ...expected,
    actual_hash: actual,
    actual_size: content.length,
    at: "2026-01-01T00:00:00Z",
  };
}

function sendContent(standIn: StandIn, request: IncomingMessage, response: ServerResponse): void {
  const { content, cutDownloads } = standIn;
  const asked = standIn.ignoresRange ? null : /^bytes=(\d+)-$/.exec(request.headers.range ?? "");
  const start = standIn.wrongRange ? 1 : Number(asked?.[1] ?? 0);
  const rest = content.subarray(start);
  const range = { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` };
  response.writeHead(asked ? 206 : 200, { "content-length": rest.length, ...(asked ? range : {}) });
  if (cutDownloads.times-- <= 0) return void response.end(rest);
  response.write(rest.subarray(0, cutDownloads.after), () => request.socket.destroy());
}
