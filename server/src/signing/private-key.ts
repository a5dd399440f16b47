import { createPrivateKey } from "node:crypto";

const privateWords = /(private|secret)[ -]key|private-lines/i;
const jsonPrivateMember = /"(d|k|p|q|dp|dq|qi)"\s*:/;
const containers = ["pkcs8", "pkcs1", "sec1"] as const;

/** Whether a text is or holds a private key, in whatever form people keep them: it must be refused and never stored. */
export function holdsPrivateKey(text: string): boolean {
  if (privateWords.test(text)) return true;
  // RFC 7517, RFC 7518 § 6: the private members of a JSON Web Key.
  if (/^[{[]/.test(text)) return jsonPrivateMember.test(text);
  const bytes = keyBytes(text);
  // A raw Ed25519 key pair is 64 bytes: the seed, then the public key.
  return bytes !== null && (bytes.length === 64 || isPrivateDer(bytes));
}

/** The bytes behind one PEM block, base64, or hex; null for anything else. */
function keyBytes(text: string): Buffer | null {
  const body = text.replace(/-----(BEGIN|END) [^-]+-----/g, "").replace(/\s/g, "");
  if (/^([0-9a-f]{64}|[0-9a-f]{128})$/i.test(body)) return Buffer.from(body, "hex");
  return /^[A-Za-z0-9+/]+=*$/.test(body) ? Buffer.from(body, "base64") : null;
}

function isPrivateDer(der: Buffer): boolean {
  return containers.some((type) => {
    try {
      createPrivateKey({ key: der, format: "der", type });
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "ERR_MISSING_PASSPHRASE";
    }
  });
}
