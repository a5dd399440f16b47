import { createHash } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { rootCertificates } from "node:tls";
import type { Payload, Transport } from "../transport.ts";

export interface NodeTransportOptions {
  /** PEM of certificate authorities to trust beside the public ones. */
  ca?: string;
}

/** Milliseconds of silence after which a connection counts as lost. */
const silence = 120_000;

/**
 * Requests over Node's own HTTP: connections are kept, certificate authorities can be added, and bytes go to the socket
 * as they are. Uploads take a third less processor time than with `fetch`.
 */
export function nodeTransport({ ca }: NodeTransportOptions = {}): Transport {
  const trusted = ca === undefined ? {} : { ca: [...rootCertificates, ca] };
  const agents = {
    "http:": new http.Agent({ keepAlive: true }),
    "https:": new https.Agent({ keepAlive: true, ...trusted }),
  };

  async function send(
    method: string,
    url: string,
    headers: http.OutgoingHttpHeaders,
    payload: Payload | null,
    signal: AbortSignal,
  ): Promise<Response> {
    const { protocol } = new URL(url);
    if (protocol !== "http:" && protocol !== "https:") throw new Error(`'${url}' is not an http or https address`);
    const start = protocol === "https:" ? https.request : http.request;
    const request = start(url, { method, headers, agent: agents[protocol], signal, timeout: silence });
    request.on("timeout", () => request.destroy(new Error(`no sign of life from ${url} for ${silence / 1000} s`)));
    const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
      request.once("response", resolve);
      request.once("error", reject);
    });
    // A server that refuses a body may answer before it has all of it, and close: its answer counts, not our error.
    const sent = typeof payload === "function" ? pipeline(Readable.from(payload()), request) : request.end(payload);
    if (sent instanceof Promise) sent.catch((error) => request.destroy(error));
    return toResponse(await answered);
  }

  return {
    async fetch(request) {
      const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
      const headers = Object.fromEntries(request.headers);
      const length = body === null ? {} : { "content-length": String(body.length) };
      return send(request.method, request.url, { ...headers, ...length }, body, request.signal);
    },
    put: (url, headers, payload, size, signal) =>
      send("PUT", url, { ...headers, "content-length": String(size) }, payload, signal),
    async sha256() {
      const hash = createHash("sha256");
      return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
    },
  };
}

/** Statuses that have no body, which `Response` insists on. */
const bodiless = new Set([204, 205, 304]);

function toResponse(message: http.IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const status = message.statusCode ?? 0;
  if (bodiless.has(status)) {
    message.resume();
    return new Response(null, { status, headers });
  }
  return new Response(Readable.toWeb(message) as ReadableStream<Uint8Array>, { status, headers });
}
