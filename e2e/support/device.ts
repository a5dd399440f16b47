import { createHash, randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import http from "node:http";
import https from "node:https";
import { type Answer, type Api, callApi } from "../api.ts";
import { freePort } from "../free-port.ts";
import { startTestServer, type TestServer } from "../server.ts";
import { type Certified, certify } from "./authority.ts";
import type { Backend } from "./backend.ts";
import { base64, type Identity } from "./identities.ts";

/** A server that devices call by TLS, on a port of their own. */
export interface DeviceServer {
  server: TestServer;
  api: Api;
  /** Where devices call. */
  url: string;
  stop(): Promise<void>;
}

/** @param backend the usual one when absent */
export async function startDeviceServer(
  settings: Record<string, string> = {},
  backend?: Backend,
): Promise<DeviceServer> {
  const certified: Certified = certify();
  const port = await freePort();
  const all = {
    PERIDIO_DEVICE_PORT: String(port),
    PERIDIO_DEVICE_TLS_CERT: certified.settings.PERIDIO_TLS_CERT,
    PERIDIO_DEVICE_TLS_KEY: certified.settings.PERIDIO_TLS_KEY,
    PERIDIO_WEBHOOK_ALLOW_PRIVATE: "true",
    ...settings,
  };
  const server = await startTestServer(all, backend ? { backend } : {});
  return {
    server,
    api: callApi(server.url),
    url: `https://127.0.0.1:${port}`,
    async stop() {
      await server.stop();
      certified.remove();
    },
  };
}

export interface DeviceAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: the tests read bodies as a stranger would, field by field.
  body: any;
}

export type Call = (
  method: string,
  path: string,
  headers?: Record<string, string>,
  body?: unknown,
) => Promise<DeviceAnswer>;

/**
 * Calls as a device: with this certificate, and those that it sends along.
 * @param agent keeps connections; each call has its own without one
 */
export function callAsDevice(
  url: string,
  identity: Identity | null,
  { chain = [], agent, options = {} }: { chain?: Identity[]; agent?: https.Agent; options?: https.RequestOptions } = {},
): Call {
  const own = identity && { key: identity.key, cert: [identity, ...chain].map(({ cert }) => cert).join("") };
  return (method, path, headers = {}, body) =>
    new Promise((resolve, reject) => {
      const { request } = url.startsWith("https:") ? https : http;
      const json = body === undefined ? undefined : JSON.stringify(body);
      const sent = request(
        url + path,
        {
          method,
          agent: agent ?? false,
          ...own,
          ...options,
          headers: { ...(json !== undefined && { "content-type": "application/json" }), ...headers },
        },
        (answer: IncomingMessage) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (part: string) => {
            text += part;
          });
          answer.on("end", () => {
            const { statusCode, headers } = answer;
            const isJson = headers["content-type"]?.startsWith("application/json") === true;
            resolve({ status: statusCode!, headers, body: isJson ? JSON.parse(text) : text });
          });
          answer.on("error", reject);
        },
      );
      sent.on("error", reject);
      sent.end(json);
    });
}

/** Something that was made by a POST. @throws when it wasn't */
export async function made(api: Api, path: string, body: unknown): Promise<Answer["body"]> {
  const answer = await api("POST", path, body);
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return Object.values(answer.body as object)[0];
}

/** A product with a cohort. */
export async function makeCohort(api: Api): Promise<{ product: string; cohort: string }> {
  const product = (await made(api, "/products", { name: `product ${randomUUID()}` })).prn;
  const cohort = (await made(api, "/cohorts", { name: "cohort", product_prn: product })).prn;
  return { product, cohort };
}

/** A device with a registered certificate. */
export async function makeDevice(
  api: Api,
  place: { product: string; cohort?: string },
  identity: Identity,
  more: Record<string, unknown> = {},
): Promise<{ prn: string; certificate: string }> {
  const { prn } = await made(api, "/devices", {
    identifier: identity.name,
    product_prn: place.product,
    ...(place.cohort && { cohort_prn: place.cohort }),
    ...more,
  });
  const registered = { device_prn: prn, certificate: base64(identity.cert) };
  return { prn, certificate: (await made(api, "/device_certificates", registered)).prn };
}

/** A release that everybody of the cohort may have at once. */
export function makeRelease(
  api: Api,
  cohort: string,
  bundle: string,
  more: Record<string, unknown> = {},
): Promise<Answer["body"]> {
  return made(api, "/releases", {
    name: `release ${randomUUID()}`,
    cohort_prn: cohort,
    bundle_prn: bundle,
    required: false,
    schedule_date: "2026-01-01T00:00:00Z",
    phase_value: 1,
    ...more,
  });
}

export async function makeBundle(api: Api, binaries: string[]): Promise<string> {
  return (await made(api, "/bundles", { binaries: binaries.map((prn) => ({ prn })) })).prn;
}

/** As the server names a certificate. */
export function fingerprintOf({ cert }: Identity): string {
  const der = Buffer.from(cert.replaceAll(/-----[^-]+-----|\s/g, ""), "base64");
  return createHash("sha256").update(der).digest("hex").toUpperCase();
}
