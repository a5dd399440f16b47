import { sign, X509Certificate } from "node:crypto";
import http from "node:http";
import type { Identity, IdentityShop } from "./identities.ts";

/** A device that polls, claims and reports, but downloads nothing. */
export interface SimulatedDevice {
  name: string;
  /** Its certificate as nginx passes it on. */
  certificate: string;
  /** Headers that say what it runs. */
  runs: Record<string, string>;
}

export interface SimulatedUpdate {
  status: string;
  bundle?: { prn: string };
  release?: { prn: string; version: string | null };
  manifest?: { binary_prn: string; url: string }[];
}

/** Many devices in one process, behind a proxy that a server trusts: they call it by plain HTTP. */
export interface SimulatedFleet {
  devices: SimulatedDevice[];
  call(
    device: SimulatedDevice,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown }>;
  /** What it should run. */
  poll(device: SimulatedDevice): Promise<SimulatedUpdate>;
  /** Installs an update without its content: reports it, and says from then on that it runs it. */
  install(device: SimulatedDevice, update: SimulatedUpdate): Promise<void>;
  /** Does something with all of them, so many at once. */
  all<T>(work: (device: SimulatedDevice) => Promise<T>, atOnce?: number): Promise<T[]>;
  close(): void;
}

const everything = ["manifest", "release", "bundle", "source_type"].map((name) => `expand[]=${name}`).join("&");

/** @param urls of the device API, asked in turn. @param authority whose devices they are. @param version that they came with */
export function simulateFleet(
  urls: readonly string[],
  shop: IdentityShop,
  authority: Identity,
  count: number,
  version = "0.0.1",
): SimulatedFleet {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  let turn = 0;
  const devices = makeCertificates(shop, authority, count).map(({ name, pem }) => ({
    name,
    certificate: encodeURIComponent(pem),
    runs: { "peridio-release-version": version } as Record<string, string>,
  }));

  const call: SimulatedFleet["call"] = (device, method, path, body) =>
    new Promise((resolve, reject) => {
      const headers = {
        "x-ssl-client-cert": device.certificate,
        ...device.runs,
        ...(body !== undefined && { "content-type": "application/json" }),
      };
      const request = http.request(urls[turn++ % urls.length] + path, { method, agent, headers }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        answer.on("error", reject);
        answer.on("end", () => resolve({ status: answer.statusCode!, body: JSON.parse(text) as unknown }));
      });
      request.on("error", reject);
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });

  async function good(device: SimulatedDevice, method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await call(device, method, path, body);
    if (answer.status !== 200) throw new Error(`${device.name}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  return {
    devices,
    call,
    poll: async (device) => (await good(device, "GET", `/update?${everything}`)) as SimulatedUpdate,
    async install(device, { bundle, release }) {
      const about = { bundle_prn: bundle!.prn, release_prn: release!.prn };
      for (const state of ["downloading", "installing", "installed"]) {
        await good(device, "POST", "/update/report", { ...about, state });
      }
      device.runs = {
        "peridio-bundle-prn": bundle!.prn,
        "peridio-release-prn": release!.prn,
        ...(release!.version !== null && { "peridio-release-version": release!.version }),
      };
    },
    async all(work, atOnce = 64) {
      const results: Awaited<ReturnType<typeof work>>[] = new Array(devices.length);
      let next = 0;
      const worker = async (): Promise<void> => {
        for (let at = next++; at < devices.length; at = next++) results[at] = await work(devices[at]!);
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
      return results;
    },
    close: () => agent.destroy(),
  };
}

/**
 * Certificates that differ in name and serial number alone: what openssl made once is signed anew for each. Starting
 * openssl for each of 10,000 would take minutes.
 */
function makeCertificates(shop: IdentityShop, authority: Identity, count: number): { name: string; pem: string }[] {
  const nameOf = (at: number): string => `simulated-${String(at).padStart(6, "0")}`;
  const template = new X509Certificate(shop.makeDevice(nameOf(0), authority).cert);
  const tbs = signedPart(template.raw);
  const serial = Buffer.from(template.serialNumber, "hex");
  const algorithm = afterSignedPart(template.raw, tbs.length);
  return Array.from({ length: count }, (_, at) => {
    const name = nameOf(at);
    const own = Buffer.from(tbs);
    own.write(name, own.lastIndexOf(nameOf(0)), "latin1");
    own.writeUInt32BE(at, own.indexOf(serial) + serial.length - 4);
    const signature = derOf(0x03, Buffer.concat([Buffer.of(0), sign("sha256", own, authority.key)]));
    const der = derOf(0x30, Buffer.concat([own, algorithm, signature]));
    return { name, pem: `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n` };
  });
}

/** RFC 5280 § 4.1: a certificate is a sequence of what is signed, the algorithm, and the signature. */
function signedPart(certificate: Buffer): Buffer {
  const start = headerLength(certificate, 0);
  return certificate.subarray(start, start + elementLength(certificate, start));
}

function afterSignedPart(certificate: Buffer, length: number): Buffer {
  const start = headerLength(certificate, 0) + length;
  return certificate.subarray(start, start + elementLength(certificate, start));
}

/** Bytes of tag and length. */
function headerLength(der: Buffer, at: number): number {
  const first = der[at + 1]!;
  return first < 0x80 ? 2 : 2 + (first & 0x7f);
}

function elementLength(der: Buffer, at: number): number {
  const header = headerLength(der, at);
  return header + (header === 2 ? der[at + 1]! : der.readUIntBE(at + 2, header - 2));
}

function derOf(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}
