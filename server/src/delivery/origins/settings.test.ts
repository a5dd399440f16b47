import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LinkLimit } from "../../content/store.ts";
import { readOrigins } from "./settings.ts";

const ofS3 = { seconds: 604_800, because: "as Signature Version 4 allows" };
const secret = "0123456789abcdef0123456789abcdef";
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" });

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "origins-"));
  writeFileSync(join(directory, "secret"), `${secret}\n`);
  writeFileSync(join(directory, "short"), "too-short");
  writeFileSync(join(directory, "rsa.pem"), rsa);
  writeFileSync(join(directory, "ec.pem"), ec);
});
afterAll(() => rmSync(directory, { recursive: true }));

function read(toml: string, storeLimit: LinkLimit | null = ofS3) {
  const file = join(directory, "origins.toml");
  writeFileSync(file, toml);
  return readOrigins(file, storeLimit);
}

const table = (...lines: string[]): string => ["[[origin]]", ...lines].join("\n");
const hmac = ['name = "eu"', 'kind = "hmac"', 'dialect = "nginx"'];
const cloudfront = ['name = "cf"', 'kind = "cloudfront"', 'url = "https://d1.cloudfront.net"'];

describe("the file of origins", () => {
  it("declares all kinds, in order", () => {
    const toml = `
      # Comments are welcome.
      [[origin]]
      name = "eu"
      kind = "hmac"
      dialect = "fastly"
      url = "https://eu.example.com/content/"
      secret_file = "secret"
      regions = ["DE", "eu-central-1"]
      expiry = 900

      [[origin]]
      name = "cf"
      kind = "cloudfront"
      url = "https://d1.cloudfront.net"
      key_pair_id = "K2JCJMDEHXQW5F"
      private_key_file = "rsa.pem"

      [[origin]]
      name = "bucket"
      kind = "store"

      [[origin]]
      name = "here"
      kind = "server"
    `;
    const key = { keyPairId: "K2JCJMDEHXQW5F", privateKey: rsa, policy: "canned", algorithm: "SHA1" };
    expect(read(toml)).toEqual([
      {
        name: "eu",
        kind: "hmac",
        dialect: "fastly",
        url: "https://eu.example.com/content",
        secret,
        regions: ["de", "eu-central-1"],
        expiry: 900,
      },
      { name: "cf", kind: "cloudfront", url: "https://d1.cloudfront.net", key, regions: [], expiry: null },
      { name: "bucket", kind: "store", regions: [], expiry: null },
      { name: "here", kind: "server", url: null, regions: [], expiry: null },
    ]);
  });

  const url = 'url = "https://cdn.example.com"';
  const urlExpected =
    "must be an http:// or https:// address without a query, its path of letters, digits and . _ ~ - /";
  it.each<[string, string, string]>([
    ["nothing in it", "", "must have from one to 20 [[origin]]"],
    ["an empty list", "origin = []", "must have from one to 20 [[origin]]"],
    ["words in the list", 'origin = ["eu"]', "origin 1 needs kind: one of server, store, cloudfront, hmac"],
    ["one table in the place of a list", '[origin]\nname = "a"', "must have from one to 20 [[origin]]"],
    ["too many", table('kind = "store"').concat("\n").repeat(21), "must have from one to 20 [[origin]]"],
    ["a setting outside", `region = "eu"\n${table()}`, "has 'region'; all settings belong into [[origin]]"],
    ["no kind", table('name = "a"'), "origin 'a' needs kind: one of server, store, cloudfront, hmac"],
    [
      "an unknown kind",
      table('name = "a"', 'kind = "akamai"'),
      `origin 'a' has kind = "akamai", which must be one of server, store, cloudfront, hmac`,
    ],
    ["no name", table('kind = "store"'), "origin 1 needs name: up to 64 letters, digits, '-', '_' and '.'"],
    [
      "a name that can't stand in a list",
      table('name = "a b"', 'kind = "store"'),
      `origin 'a b' has name = "a b", which must be up to 64 letters, digits, '-', '_' and '.'`,
    ],
    [
      "two of one name",
      `${table('name = "a"', 'kind = "store"')}\n${table('name = "a"', 'kind = "server"')}`,
      "has two origins named 'a'",
    ],
    [
      "a setting of another kind",
      table('name = "a"', 'kind = "store"', url),
      "origin 'a' has an unknown setting 'url'; it can have name, kind, regions, expiry",
    ],
    [
      "regions that are no list",
      table('name = "a"', 'kind = "store"', 'regions = "DE"'),
      `origin 'a' has regions = "DE", which must be a list of names such as "DE" or "eu-central-1"`,
    ],
    [
      "links that outlive what S3 signs",
      table('name = "a"', 'kind = "store"', "expiry = 604801"),
      "origin 'a' has expiry = 604801, which must be a whole number of seconds from 1 to 604800, " +
        "as Signature Version 4 allows",
    ],
    [
      "links that live for longer than a year",
      table('name = "a"', 'kind = "server"', "expiry = 31536001"),
      "origin 'a' has expiry = 31536001, which must be a whole number of seconds from 1 to 31536000",
    ],
    [
      "links that never live",
      table('name = "a"', 'kind = "server"', "expiry = 0"),
      "origin 'a' has expiry = 0, which must be a whole number of seconds from 1 to 31536000",
    ],
    [
      "an expiry in words",
      table('name = "a"', 'kind = "server"', 'expiry = "1h"'),
      `origin 'a' has expiry = "1h", which must be a whole number of seconds from 1 to 31536000`,
    ],
    ["no address", table(...hmac, 'secret_file = "secret"'), `origin 'eu' needs url: ${urlExpected.slice(8)}`],
    [
      "an address with a query",
      table(...hmac, 'url = "https://cdn.example.com/?a=1"'),
      `origin 'eu' has url = "https://cdn.example.com/?a=1", which ${urlExpected}`,
    ],
    [
      "an address with a password",
      table(...hmac, 'url = "https://me:pw@cdn.example.com"'),
      `origin 'eu' has url = "https://me:pw@cdn.example.com", which ${urlExpected}`,
    ],
    [
      "an address that isn't the same when it is decoded",
      table(...hmac, 'url = "https://cdn.example.com/a/../b"'),
      `origin 'eu' has url = "https://cdn.example.com/a/../b", which ${urlExpected}`,
    ],
    [
      "an unknown dialect",
      table('name = "eu"', 'kind = "hmac"', 'dialect = "akamai"', url),
      `origin 'eu' has dialect = "akamai", which must be one of nginx, fastly, cloudflare`,
    ],
    [
      "a short secret",
      table(...hmac, url, 'secret_file = "short"'),
      `origin 'eu' has secret_file = "short", which must have in it 16 to 200 letters, digits and . _ ~ + / = -; ` +
        "make one with `openssl rand -hex 32`",
    ],
    [
      "a key that isn't RSA",
      table(...cloudfront, 'key_pair_id = "K1"', 'private_key_file = "ec.pem"'),
      `origin 'cf' has private_key_file = "ec.pem", which must have in it a private RSA key in PEM, without a passphrase`,
    ],
    [
      "a key that is none",
      table(...cloudfront, 'key_pair_id = "K1"', 'private_key_file = "secret"'),
      `origin 'cf' has private_key_file = "secret", which must have in it a private RSA key in PEM, without a passphrase`,
    ],
    [
      "an unknown policy",
      table(...cloudfront, 'key_pair_id = "K1"', 'private_key_file = "rsa.pem"', 'policy = "wild"'),
      `origin 'cf' has policy = "wild", which must be one of canned, custom`,
    ],
  ])("with %s is refused", (_what, toml, message) => {
    expect(() => read(toml)).toThrow(new Error(message));
  });

  it("that isn't there, or isn't TOML, or names a file that isn't there, is refused", () => {
    expect(() => readOrigins(join(directory, "none"), ofS3)).toThrow(/^can't be read: ENOENT/);
    expect(() => read("[[origin")).toThrow(/^can't be read: Invalid TOML/);
    expect(() => read(table(...hmac, url, 'secret_file = "none"'))).toThrow(
      /^origin 'eu' has secret_file = "none", which can't be read: ENOENT/,
    );
  });

  it("takes the store for an origin only where it has links of its own", () => {
    expect(() => read(table('name = "a"', 'kind = "store"'), null)).toThrow(
      new Error(
        `origin 'a' has kind = "store", which needs an object store in PERIDIO_CONTENT_URL: files have no links of their own`,
      ),
    );
  });
});
