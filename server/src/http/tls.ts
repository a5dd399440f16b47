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

/** What the settings say of TLS; null for plain http. @throws Error that names the setting whose file is wrong */
export function readTls(config: Config): TlsOptions | null {
  const { tlsCert, tlsKey, tlsClientCa, tlsClientCert } = config;
  // Who asks for certificates, and doesn't say whose, must not get a server that takes everybody.
  if (tlsClientCert !== "" && tlsClientCa === "") {
    throw new Error(`PERIDIO_TLS_CLIENT_CERT=${tlsClientCert} needs PERIDIO_TLS_CLIENT_CA, the authorities to trust`);
  }
  if (tlsCert === "" && tlsKey === "" && tlsClientCa === "") return null;
  if (tlsCert === "" || tlsKey === "") {
    throw new Error("PERIDIO_TLS_CERT and PERIDIO_TLS_KEY belong together: both are needed to speak https");
  }
  const cert = read("PERIDIO_TLS_CERT", tlsCert);
  const key = read("PERIDIO_TLS_KEY", tlsKey);
  const certificate = parse("PERIDIO_TLS_CERT", tlsCert, () => new X509Certificate(cert));
  const privateKey = parse("PERIDIO_TLS_KEY", tlsKey, () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new Error(`PERIDIO_TLS_KEY: ${tlsKey} is not the key of the certificate in ${tlsCert}`);
  }
  const always = { minVersion: "TLSv1.2" as const, handshakeTimeout };
  if (tlsClientCa === "") return { cert, key, requestCert: false, rejectUnauthorized: false, ...always };
  const ca = read("PERIDIO_TLS_CLIENT_CA", tlsClientCa);
  parse("PERIDIO_TLS_CLIENT_CA", tlsClientCa, () => new X509Certificate(ca));
  return { cert, key, ca, requestCert: true, rejectUnauthorized: tlsClientCert !== "optional", ...always };
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
export function renewCertificates(server: HttpsServer, config: Config, log: Logger): () => void {
  const times = () => [config.tlsCert, config.tlsKey, config.tlsClientCa].map((path) => changedAt(path)).join();
  let known = times();
  const renew = () => {
    known = times();
    try {
      server.setSecureContext(readTls(config)!);
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
