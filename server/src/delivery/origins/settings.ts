import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import type { LinkLimit } from "../../content/store.ts";
import type { CloudfrontKey } from "./cloudfront.ts";
import { type DialectName, dialects } from "./hmac.ts";
import { type OriginTable, readTable } from "./table.ts";

/** An origin as it is declared. */
export type OriginSettings = {
  name: string;
  /** Small letters. */
  regions: string[];
  /** Seconds; null for the server's settings. */
  expiry: number | null;
} & Kind;

type Kind =
  /** This server, or others on the same data. `url` null: the address by which content is reached anyway. */
  | { kind: "server"; url: string | null }
  /** The store itself. */
  | { kind: "store" }
  /** `url` is where the other side has the store's content, the prefix of its keys included. */
  | { kind: "cloudfront"; url: string; key: CloudfrontKey }
  | { kind: "hmac"; url: string; dialect: DialectName; secret: string };

type KindName = Kind["kind"];

const ofAll = ["name", "kind", "regions", "expiry"];
const ofKind: Record<KindName, string[]> = {
  server: ["url"],
  store: [],
  cloudfront: ["url", "key_pair_id", "private_key_file", "policy", "algorithm"],
  hmac: ["url", "dialect", "secret_file"],
};

/** Seconds. */
const year = 31_536_000;
/** Far more than anybody has; a manifest has a link for each. */
const maxOrigins = 20;

/**
 * Reads the file of PERIDIO_ORIGINS: TOML, with an `[[origin]]` for each, the preferred ones first.
 * @param storeLimit of the store's own links; null when the store makes none
 * @throws Error that says what is wrong, and what would be right
 */
export function readOrigins(file: string, storeLimit: LinkLimit | null): OriginSettings[] {
  let content: Record<string, unknown>;
  try {
    content = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`can't be read: ${(error as Error).message}`);
  }
  const { origin: tables, ...others } = content;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new Error(`has '${unknown}'; all settings belong into [[origin]]`);
  if (!Array.isArray(tables) || tables.length === 0 || tables.length > maxOrigins) {
    throw new Error(`must have from one to ${maxOrigins} [[origin]]`);
  }
  const origins = tables.map((values, at) => {
    const label = typeof values.name === "string" ? `origin '${values.name}'` : `origin ${at + 1}`;
    return readOrigin(readTable(values, file, label), storeLimit);
  });
  const twice = origins.find(({ name }, at) => origins.findIndex((other) => other.name === name) < at);
  if (twice) throw new Error(`has two origins named '${twice.name}'`);
  return origins;
}

function readOrigin(table: OriginTable, storeLimit: LinkLimit | null): OriginSettings {
  const kind = table.oneOf("kind", Object.keys(ofKind) as KindName[]);
  table.allowOnly([...ofAll, ...ofKind[kind]]);
  if (kind === "store" && storeLimit === null) {
    throw table.problem("kind", "needs an object store in PERIDIO_CONTENT_URL: files have no links of their own");
  }
  const limit = kind === "store" ? storeLimit! : { seconds: year, because: "" };
  return {
    name: table.text("name", /^[\w.-]{1,64}$/, "up to 64 letters, digits, '-', '_' and '.'"),
    regions: table
      .words("regions", /^[\w.-]{1,64}$/, 'names such as "DE" or "eu-central-1"')
      .map((region) => region.toLowerCase()),
    expiry: table.has("expiry") ? table.integer("expiry", limit.seconds, limit.because) : null,
    ...readKind(kind, table),
  };
}

function readKind(kind: KindName, table: OriginTable): Kind {
  switch (kind) {
    case "server":
      return { kind, url: table.has("url") ? readUrl(table) : null };
    case "store":
      return { kind };
    case "cloudfront":
      return {
        kind,
        url: readUrl(table),
        key: {
          keyPairId: table.text("key_pair_id", /^\w{1,64}$/, "the id of a public key in CloudFront"),
          privateKey: readPrivateKey(table),
          policy: table.oneOf("policy", ["canned", "custom"], "canned"),
          algorithm: table.oneOf("algorithm", ["SHA1", "SHA256"], "SHA1"),
        },
      };
    case "hmac":
      return {
        kind,
        url: readUrl(table),
        dialect: table.oneOf("dialect", Object.keys(dialects) as DialectName[]),
        secret: readSecret(table),
      };
  }
}

/** Only what looks the same written and decoded: the other side may sign either. */
function readUrl(table: OriginTable): string {
  const expected = "an http:// or https:// address without a query, its path of letters, digits and . _ ~ - /";
  const url = table.text("url", /^https?:\/\/[^/?#@\s]+(\/(?!\.\.?(\/|$))[\w.~-]+)*\/?$/, expected);
  if (!URL.canParse(url)) throw table.problem("url", `must be ${expected}`);
  return url.replace(/\/$/, "");
}

/** What needs no quotes in anybody's configuration. */
function readSecret(table: OriginTable): string {
  const secret = table.file("secret_file").trim();
  if (/^[\w.~+/=-]{16,200}$/.test(secret)) return secret;
  const expected = "16 to 200 letters, digits and . _ ~ + / = -; make one with `openssl rand -hex 32`";
  throw table.problem("secret_file", `must have in it ${expected}`);
}

function readPrivateKey(table: OriginTable): string {
  const pem = table.file("private_key_file");
  try {
    if (createPrivateKey(pem).asymmetricKeyType === "rsa") return pem;
  } catch {
    // Said below, without what is in the file.
  }
  throw table.problem("private_key_file", "must have in it a private RSA key in PEM, without a passphrase");
}
