import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signCloudfront } from "./cloudfront.ts";
import { dialects } from "./hmac.ts";

/**
 * Links as others check them, written down from their documentation and computed by openssl. nginx itself checks its own in
 * e2e/origins.test.ts; CloudFront, Fastly and Cloudflare can't be had here.
 */

const path = "/content/0190b1c2/0190b1c3/0/content";
const life = { begins: 1_767_290_400, ends: 1_767_294_000 };
const secret = "0123456789abcdef";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "foreign-links-"));
  openssl("genrsa", "-out", "key.pem", "2048");
  openssl("rsa", "-in", "key.pem", "-pubout", "-out", "key.pub");
});
afterAll(() => rmSync(directory, { recursive: true }));

function openssl(...words: string[]): Buffer {
  return execFileSync("openssl", words, { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
}

/** The HMAC-SHA256 of a text. */
function hmacOf(text: string): Buffer {
  writeFileSync(join(directory, "text"), text);
  return openssl("dgst", "-sha256", "-mac", "HMAC", "-macopt", `key:${secret}`, "-binary", "text");
}

const privateKey = (): string => readFileSync(join(directory, "key.pem"), "utf8");

describe("Fastly", () => {
  it("gets expiry and HMAC-SHA256 of path and expiry", () => {
    expect(dialects.fastly(path, life, secret)).toBe(
      `token=${life.ends}_${hmacOf(`${path}${life.ends}`).toString("hex")}`,
    );
  });
});

describe("Cloudflare", () => {
  it("gets the time of issue, and the HMAC of path and time, in base64 without padding", () => {
    const uri = `${path}?${dialects.cloudflare(path, life, secret)}`;
    // MessageMAC: message, separator of 8 bytes (`?verify=`), timestamp, MAC of 43 characters, flag 's'.
    const [, message, separator, issued, mac] = /^(.+)(.{8})(\d{10})-(.{43})$/.exec(uri)!;
    expect([message, separator, issued]).toEqual([path, "?verify=", String(life.begins)]);
    expect(mac).toBe(hmacOf(`${message}${issued}`).toString("base64url"));
  });
});

describe("nginx", () => {
  it("gets expiry and MD5, as its documentation computes it in a shell", () => {
    const command = `echo -n '${life.ends}${path} ${secret}' | openssl md5 -binary | openssl base64 | tr +/ -_ | tr -d =`;
    const md5 = execFileSync("sh", ["-c", command], { encoding: "utf8" }).trim();
    expect(dialects.nginx(path, life, secret)).toBe(`md5=${md5}&expires=${life.ends}`);
  });
});

describe("CloudFront", () => {
  const url = `https://d111111abcdef8.cloudfront.net${path}`;
  /** Its base64: `-`, `_` and `~` for `+`, `=` and `/`. */
  const decode = (text: string): Buffer =>
    Buffer.from(text.replaceAll("-", "+").replaceAll("_", "=").replaceAll("~", "/"), "base64");

  function verify(policy: string, signature: string, digest: string): string {
    writeFileSync(join(directory, "policy"), policy);
    writeFileSync(join(directory, "signature"), decode(signature));
    return openssl("dgst", digest, "-verify", "key.pub", "-signature", "signature", "policy").toString().trim();
  }

  it.each(["SHA1", "SHA256"] as const)("gets a canned policy, signed by RSA and %s", (algorithm) => {
    const key = { keyPairId: "K2JCJMDEHXQW5F", privateKey: privateKey(), policy: "canned", algorithm } as const;
    const signed = new URL(signCloudfront(key, url, life.ends, "192.0.2.1"));
    expect(signed.origin + signed.pathname).toBe(url);
    const { Expires, Signature, "Key-Pair-Id": keyPair, ...others } = Object.fromEntries(signed.searchParams);
    expect({ Expires, keyPair }).toEqual({ Expires: String(life.ends), keyPair: "K2JCJMDEHXQW5F" });
    expect(others).toEqual(algorithm === "SHA256" ? { "Hash-Algorithm": "SHA256" } : {});
    // CloudFront writes the policy itself, in exactly this form, from the address and the expiry.
    const policy = `{"Statement":[{"Resource":"${url}","Condition":{"DateLessThan":{"AWS:EpochTime":${life.ends}}}}]}`;
    expect(verify(policy, Signature!, `-${algorithm.toLowerCase()}`)).toBe("Verified OK");
    expect(() => verify(policy.replace(String(life.ends), String(life.ends + 1)), Signature!, "-sha1")).toThrow();
  });

  it.each(["192.0.2.1", "::ffff:192.0.2.1"])("gets a custom policy that names who asked (%s)", (address) => {
    const key = { keyPairId: "K1", privateKey: privateKey(), policy: "custom", algorithm: "SHA1" } as const;
    const { searchParams } = new URL(signCloudfront(key, url, life.ends, address));
    const policy = decode(searchParams.get("Policy")!).toString();
    expect(JSON.parse(policy)).toEqual({
      Statement: [
        {
          Resource: url,
          Condition: {
            DateLessThan: { "AWS:EpochTime": life.ends },
            IpAddress: { "AWS:SourceIp": "192.0.2.1/32" },
          },
        },
      ],
    });
    expect(verify(policy, searchParams.get("Signature")!, "-sha1")).toBe("Verified OK");
  });

  it("gets a canned policy for who asks by IPv6, whom a custom one can't name", () => {
    const key = { keyPairId: "K1", privateKey: privateKey(), policy: "custom", algorithm: "SHA1" } as const;
    expect(new URL(signCloudfront(key, url, life.ends, "2001:db8::1")).searchParams.has("Policy")).toBe(false);
  });
});
