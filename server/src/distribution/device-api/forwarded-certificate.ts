import type { IncomingHttpHeaders } from "node:http";

/** The headers in which proxies pass on the certificate that their client came with. */
export type CertificateHeader = "client-cert" | "x-ssl-client-cert" | "x-forwarded-client-cert";

/** A certificate and what came with it, as a proxy wrote them: texts that are still to be decoded. */
export interface Forwarded {
  /** DER. */
  leaf: Buffer;
  /** DER of what is between it and its root, as far as it was sent. Decoded on demand: few need it. */
  others(): Buffer[];
}

/** What a trusted proxy says of its client's certificate; null for none, and for what is not written as it should be. */
export function readForwarded(header: CertificateHeader, headers: IncomingHttpHeaders): Forwarded | null {
  const value = headers[header];
  if (typeof value !== "string" || value === "") return null;
  return readers[header](value, headers);
}

type Reader = (value: string, headers: IncomingHttpHeaders) => Forwarded | null;

const readers: Record<CertificateHeader, Reader> = {
  /** RFC 9440 § 2: a byte sequence of RFC 8941, and a list of them. */
  "client-cert"(value, headers) {
    const leaf = byteSequence(value);
    if (leaf === null) return null;
    return {
      leaf,
      others: () => {
        const chain = headers["client-cert-chain"];
        return typeof chain === "string" ? known(chain.split(",").map((one) => byteSequence(one.trim()))) : [];
      },
    };
  },

  /** nginx, `$ssl_client_escaped_cert`: PEM, URL-encoded. It knows nothing of the certificates that came with it. */
  "x-ssl-client-cert"(value) {
    const [leaf, ...others] = readPem(unescaped(value));
    return leaf && others.length === 0 ? { leaf, others: () => [] } : null;
  },

  /**
   * Envoy: `Hash=…;Cert="…";Chain="…"`. There must be one such element, as of a proxy that doesn't add to what its client
   * sent (SANITIZE_SET): with several, a quote that a client leaves open would reach into what the proxy wrote.
   * Source: https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers
   */
  "x-forwarded-client-cert"(value) {
    const fields = readElement(value);
    const [leaf, ...others] = readPem(unescaped(fields?.get("cert") ?? ""));
    if (!leaf || others.length > 0) return null;
    // The chain begins with the certificate itself.
    return { leaf, others: () => readPem(unescaped(fields?.get("chain") ?? "")).slice(1) };
  },
};

function byteSequence(text: string): Buffer | null {
  return text.length > 2 && text.startsWith(":") && text.endsWith(":") ? base64(text.slice(1, -1)) : null;
}

/** Every certificate of a PEM text, which has to be nothing else: what stands beside them a client may have written. */
function readPem(text: string): Buffer[] {
  const [before, ...blocks] = text.split("-----BEGIN CERTIFICATE-----");
  const read = blocks.map((block) => {
    const [content, after, ...more] = block.split("-----END CERTIFICATE-----");
    return more.length === 0 && after?.trim() === "" ? base64(content!.replaceAll(/\s/g, "")) : null;
  });
  return before!.trim() === "" && !read.includes(null) ? known(read) : [];
}

/** Base64 that is nothing else; null otherwise: Node would skip over what it doesn't know. */
function base64(text: string): Buffer | null {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, "base64") : null;
}

function known(buffers: (Buffer | null)[]): Buffer[] {
  return buffers.filter((buffer) => buffer !== null);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** The pairs of one element and nothing else, each once but for names of which there may be several; null otherwise. */
function readElement(text: string): Map<string, string> | null {
  const pair = /([A-Za-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^",;]*))(;|$)/y;
  const fields = new Map<string, string>();
  while (pair.lastIndex < text.length) {
    const [, key, quoted, plain] = pair.exec(text) ?? [];
    const name = key?.toLowerCase();
    if (name === undefined || ((name === "cert" || name === "chain") && fields.has(name))) return null;
    fields.set(name, quoted ?? plain ?? "");
  }
  return fields;
}
