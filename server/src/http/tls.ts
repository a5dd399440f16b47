import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import type { Server as HttpsServer } from "node:https";
import type { SecureVersion, TLSSocket } from "node:tls";
import type { Logger } from "pino";
import type { Config } from "../config.ts";

/** Milliseconds between two looks at whether the files have changed. */
const lookEvery = 60_000;
/** Milliseconds for the handshake: as long as the headers of a request may take. */
const handshakeTimeout = 30_000;

interface TlsOptions {
  cert: string;
  key: string;
  ca?: string;
  requestCert: boolean;
  rejectUnauthorized: boolean;
  minVersion: SecureVersion;
  handshakeTimeout: number;
}

/** How one listener speaks https. */
export interface Tls {
  /** Reads its files. @throws Error that names the setting whose file is wrong */
  read(): TlsOptions;
  /** The files, which may be renewed. */
  files: readonly string[];
}

const always = { minVersion: "TLSv1.2", handshakeTimeout } as const;

/** What the settings say of TLS for the API; null for plain http. @throws Error that names the setting that is wrong */
export function apiTls(config: Config): Tls | null {
  const { tlsCert, tlsKey, tlsClientCa, tlsClientCert } = config;
  // Who asks for certificates, and doesn't say whose, must not get a server that takes everybody.
  if (tlsClientCert !== "" && tlsClientCa === "") {
    throw new Error(`PERIDIO_TLS_CLIENT_CERT=${tlsClientCert} needs PERIDIO_TLS_CLIENT_CA, the authorities to trust`);
  }
  if (tlsCert === "" && tlsKey === "" && tlsClientCa === "") return null;
  requirePair("PERIDIO_TLS", tlsCert, tlsKey);
  return {
    files: [tlsCert, tlsKey, tlsClientCa],
    read() {
      const own = readPair("PERIDIO_TLS", tlsCert, tlsKey);
      if (tlsClientCa === "") return { ...own, requestCert: false, rejectUnauthorized: false, ...always };
      const ca = read("PERIDIO_TLS_CLIENT_CA", tlsClientCa);
      parse("PERIDIO_TLS_CLIENT_CA", tlsClientCa, () => new X509Certificate(ca));
      return { ...own, ca, requestCert: true, rejectUnauthorized: tlsClientCert !== "optional", ...always };
    },
  };
}

/**
 * What they say of TLS for devices; null for plain http. Every client is asked for a certificate, and gets through the
 * handshake with any, or none: whose it is is decided on after that.
 * @throws Error that names the setting that is wrong
 */
export function deviceTls({ deviceTlsCert, deviceTlsKey }: Config): Tls | null {
  if (deviceTlsCert === "" && deviceTlsKey === "") return null;
  requirePair("PERIDIO_DEVICE_TLS", deviceTlsCert, deviceTlsKey);
  return {
    files: [deviceTlsCert, deviceTlsKey],
    read: () => ({
      ...readPair("PERIDIO_DEVICE_TLS", deviceTlsCert, deviceTlsKey),
      requestCert: true,
      rejectUnauthorized: false,
      ...always,
    }),
  };
}

function requirePair(prefix: string, certFile: string, keyFile: string): void {
  if (certFile !== "" && keyFile !== "") return;
  throw new Error(`${prefix}_CERT and ${prefix}_KEY belong together: both are needed to speak https`);
}

function readPair(prefix: string, certFile: string, keyFile: string): { cert: string; key: string } {
  const cert = read(`${prefix}_CERT`, certFile);
  const key = read(`${prefix}_KEY`, keyFile);
  const certificate = parse(`${prefix}_CERT`, certFile, () => new X509Certificate(cert));
  const privateKey = parse(`${prefix}_KEY`, keyFile, () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new Error(`${prefix}_KEY: ${keyFile} is not the key of the certificate in ${certFile}`);
  }
  return { cert, key };
}

function read(variable: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`${variable}: ${path} can't be read: ${(error as Error).message}`);
  }
}

function parse<T>(variable: string, path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`${variable}: ${path} must be PEM: ${(error as Error).message}`);
  }
}

/** Where certificates of clients are optional, a wrong one is still none at all. */
export function refuseUnknownCertificates(server: HttpsServer): void {
  server.on("secureConnection", (socket: TLSSocket) => {
    const shown = socket.getPeerCertificate().raw !== undefined;
    if (shown && !socket.authorized) socket.destroy();
  });
}

/**
 * Takes renewed certificates without a restart: within a minute of their files' change, and at once on SIGHUP. Wrong ones
 * are logged, and the old ones stay. Returns what ends that.
 */
export function renewCertificates(server: HttpsServer, tls: Tls, log: Logger): () => void {
  const times = () => tls.files.map((path) => changedAt(path)).join();
  let known = times();
  const renew = () => {
    known = times();
    try {
      server.setSecureContext(tls.read());
      log.info("the certificates were read anew");
    } catch (err) {
      log.error({ err }, "the changed certificates can't be used; the old ones stay");
    }
  };
  const timer = setInterval(() => times() !== known && renew(), lookEvery);
  timer.unref();
  process.on("SIGHUP", renew);
  return () => {
    clearInterval(timer);
    process.off("SIGHUP", renew);
  };
}

function changedAt(path: string): number {
  return path === "" ? 0 : (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}
