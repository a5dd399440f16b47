import { hash, type X509Certificate } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";
import { type CertificateHeader, readForwarded } from "./forwarded-certificate.ts";

/** The certificate that a caller came with. */
export interface Presented {
  /** SHA-256 of the DER, upper-case hex. */
  fingerprint: string;
  /** DER. */
  leaf: Buffer;
  /** DER of the certificates that were sent with it, in any order. */
  others(): Buffer[];
  /** The connection that it belongs to; null when a proxy passed it on, whose connections serve many. */
  connection: TLSSocket | null;
}

/** Certificates that a client may send beside its own; the rest isn't looked at. */
const maxChain = 10;

type Find = (request: IncomingMessage) => Presented | null;

/**
 * Finds the certificate of a request's caller. TLS has proven that the caller holds its key; of what a proxy passes on
 * the proxy has. A header counts from trusted addresses only, and there it alone counts: the certificate of the
 * connection is the proxy's own.
 * @param isTrusted tells whether an address is a trusted proxy's
 */
export function findPresented(header: CertificateHeader | null, isTrusted: (address: string) => boolean): Find {
  const connections = new WeakMap<object, { trusted: boolean; own: Presented | null }>();

  function connectionOf({ socket }: IncomingMessage) {
    const known = connections.get(socket);
    if (known) return known;
    const trusted = header !== null && isTrusted(socket.remoteAddress ?? "");
    const connection = { trusted, own: trusted ? null : fromTls(socket as TLSSocket) };
    connections.set(socket, connection);
    return connection;
  }

  return (request) => {
    const { trusted, own } = connectionOf(request);
    if (!trusted) return own;
    const forwarded = readForwarded(header!, request.headers);
    return forwarded && { ...forwarded, fingerprint: fingerprintOf(forwarded.leaf), connection: null };
  };
}

function fromTls(socket: TLSSocket): Presented | null {
  // Plain connections have no such function. Only its first answer has the certificates that came with the client's own.
  const certificate = socket.getPeerX509Certificate?.();
  if (!certificate) return null;
  const { raw } = certificate;
  return { leaf: raw, fingerprint: fingerprintOf(raw), others: () => chainOf(certificate), connection: socket };
}

/** What the client sent beside its own: nothing on a connection that resumes an earlier one's session. */
function chainOf({ issuerCertificate }: X509Certificate): Buffer[] {
  const chain: Buffer[] = [];
  for (let next = issuerCertificate; next && chain.length < maxChain; next = next.issuerCertificate)
    chain.push(next.raw);
  return chain;
}

function fingerprintOf(der: Buffer): string {
  return hash("sha256", der, "hex").toUpperCase();
}
