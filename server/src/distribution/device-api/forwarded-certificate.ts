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
    const leaf = known(readPem(unescaped(value)))[0];
    return leaf ? { leaf, others: () => [] } : null;
  },

  /**
   * Envoy: `Hash=…;Cert="…";Chain="…"`, one such element for each proxy, the nearest last. What stands before that
   * is what its client sent. Source: https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers
   */
  "x-forwarded-client-cert"(value) {
    const nearest = splitUnquoted(value, ",").at(-1)!;
    const fields = new Map(splitUnquoted(nearest, ";").map(keyAndValue));
    const leaf = known(readPem(unescaped(fields.get("cert") ?? "")))[0];
    // Its chain begins with the certificate itself.
    return leaf ? { leaf, others: () => known(readPem(unescaped(fields.get("chain") ?? ""))).slice(1) } : null;
  },
};

function byteSequence(text: string): Buffer | null {
  return text.length > 2 && text.startsWith(":") && text.endsWith(":") ? base64(text.slice(1, -1)) : null;
}

/** Every certificate of a PEM text. */
function readPem(text: string): (Buffer | null)[] {
  return text
    .split("-----BEGIN CERTIFICATE-----")
    .slice(1)
    .map((block) => base64(block.slice(0, block.indexOf("-----END CERTIFICATE-----")).replaceAll(/\s/g, "")));
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

function splitUnquoted(text: string, separator: string): string[] {
  const parts = [""];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quoted && character === "\\") parts[parts.length - 1] += character + (text[++at] ?? "");
    else if (character === separator && !quoted) parts.push("");
    else {
      if (character === '"') quoted = !quoted;
      parts[parts.length - 1] += character;
    }
  }
  return parts;
}

function keyAndValue(pair: string): [string, string] {
  const at = pair.indexOf("=");
  const value = pair.slice(at + 1).trim();
  return [pair.slice(0, at).trim().toLowerCase(), /^".*"$/.test(value) ? value.slice(1, -1) : value];
}
