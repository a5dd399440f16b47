import { join } from "node:path";
import tls from "node:tls";
import { openOpenssl } from "./openssl.ts";

/** A certificate for 127.0.0.1, as settings of the server, and what removes its files. */
export interface Certified {
  settings: { PERIDIO_TLS_CERT: string; PERIDIO_TLS_KEY: string };
  remove(): void;
}

/** Makes a certificate with the real openssl, and lets all of this process trust it: fetch, too. */
export function certify(): Certified {
  const openssl = openOpenssl();
  openssl.run(
    "req -x509 -newkey rsa:2048 -nodes -keyout own.key -out own.crt -days 2 -subj /CN=own -addext subjectAltName=IP:127.0.0.1",
  );
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), openssl.read("own.crt").toString()]);
  const file = (name: string) => join(openssl.directory, name);
  return {
    settings: { PERIDIO_TLS_CERT: file("own.crt"), PERIDIO_TLS_KEY: file("own.key") },
    remove: () => openssl.remove(),
  };
}
