import { createHash } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import tls from "node:tls";
import type { Payload, Transport } from "../transport.ts";
import { nodeCoder } from "./coder.ts";

export interface NodeTransportOptions {
  /** PEM of certificate authorities to trust beside the public ones. */
  ca?: string;
  /** PEM of a certificate and its private key, to show to a server that asks for one. */
  identity?: { certificate: string; key: string };
}

/** Milliseconds of silence after which a connection counts as lost. */
const silence = 120_000;
const maxRedirects = 5;

/**
 * Requests over Node's own HTTP: connections are kept, certificate authorities can be added, and bytes go to the socket
 * as they are. Uploads take a third less processor time than with `fetch`.
 */
export function nodeTransport({ ca, identity }: NodeTransportOptions = {}): Transport {
  const trusted = ca === undefined ? {} : { ca: [...trustedByDefault(), ca] };
  const shown = identity === undefined ? {} : { cert: identity.certificate, key: identity.key };
  const agents = {
    "http:": new http.Agent({ keepAlive: true }),
    "https:": new https.Agent({ keepAlive: true, ...trusted, ...shown }),
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
    let isAnswered = false;
    let sourceFailure: unknown = null;
    const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
      request.once("response", (response) => {
        isAnswered = true;
        resolve(response);
      });
      // Always listened to: a connection may also break behind the answer, when nobody waits any more.
      request.on("error", (error) => reject(sourceFailure ?? error));
    });
    if (typeof payload === "function") {
      const watched = watch(payload(), (error) => {
        sourceFailure = error;
      });
      pipeline(Readable.from(watched), request).catch((error) => {
        // A server that refuses a body may answer before it has all of it, and close: its answer counts, not our error.
        if (!isAnswered) request.destroy(error);
      });
    } else {
      request.end(payload);
    }
    return toResponse(await answered);
  }

  return {
    async fetch(request) {
      const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
      const headers = Object.fromEntries(request.headers);
      const length = body === null ? {} : { "content-length": String(body.length) };
      let url = request.url;
      for (let redirects = 0; ; redirects++) {
        const answer = await send(request.method, url, { ...headers, ...length }, body, request.signal);
        const next = redirectOf(answer, request.method, url);
        if (next === null || redirects === maxRedirects) return answer;
        await answer.body?.cancel();
        // Who asks is no business of another host.
        if (new URL(next).origin !== new URL(url).origin) delete headers.authorization;
        url = next;
      }
    },
    put: (url, headers, payload, size, signal) =>
      send("PUT", url, { ...headers, ...(size !== null && { "content-length": String(size) }) }, payload, signal),
    coder: nodeCoder,
    async sha256() {
      const hash = createHash("sha256");
      return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
    },
  };
}

/** The same pieces; tells why they ended early, which the stream that they feed doesn't. */
async function* watch(
  pieces: AsyncIterable<Uint8Array>,
  onFailure: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    onFailure(error);
    throw error;
  }
}

/** What Node trusts without us: since 22.15 it tells, `NODE_EXTRA_CA_CERTS` included; before, its own list. */
function trustedByDefault(): readonly string[] {
  return tls.getCACertificates?.("default") ?? tls.rootCertificates;
}

/** Where to read instead; only for what changes nothing. */
function redirectOf(answer: Response, method: string, url: string): string | null {
  const location = answer.headers.get("location");
  if (location === null || ![301, 302, 303, 307, 308].includes(answer.status)) return null;
  return method === "GET" || method === "HEAD" ? new URL(location, url).href : null;
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
