import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  generatePrimeSync,
  type KeyObject,
  privateEncrypt,
  sign,
  verify,
} from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rsaVerifies } from "./rsa.ts";

const message = Buffer.from("firmware image");
const digest = createHash("sha256").update(message).digest();
const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
const length = 256;

const pss = (saltLength: number) => ({ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });

function base64url(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex").toString("base64url");
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (a > 1n) [a, b, x, y] = [b % a, a, y - (b / a) * x, x];
  return ((x % modulus) + modulus) % modulus;
}

/** Key generators round the bits of a modulus; this makes one of exactly that many. */
function privateKeyOfBits(bits: number): KeyObject {
  for (;;) {
    const p = generatePrimeSync(Math.ceil(bits / 2), { bigint: true });
    const q = generatePrimeSync(Math.floor(bits / 2), { bigint: true });
    const [n, e, phi] = [p * q, 65537n, (p - 1n) * (q - 1n)];
    if (n.toString(2).length !== bits || phi % e === 0n) continue;
    const d = inverse(e, phi);
    const numbers = { n, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
    const members = Object.entries(numbers).map(([name, value]) => [name, base64url(value)]);
    return createPrivateKey({ key: { kty: "RSA", ...Object.fromEntries(members) }, format: "jwk" });
  }
}

/** A signature whose encoded block is exactly this: what only the holder of the key, or a forger's luck, could make. */
function signBlock(block: Buffer, key = pair.privateKey): Buffer {
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block);
}

const info = Buffer.from("3031300d060960864801650304020105000420", "hex");

function pkcs1Block(tail: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0, 1), Buffer.alloc(length - 3 - tail.length, 0xff), Buffer.of(0), tail]);
}

describe("PKCS#1 v1.5 is compared whole", () => {
  it("so the one right block is accepted", () => {
    expect(rsaVerifies(pair.publicKey, signBlock(pkcs1Block(Buffer.concat([info, digest]))), digest)).toBe(true);
  });

  const right = pkcs1Block(Buffer.concat([info, digest]));
  const with1 = (index: number, value: number) => {
    const block = Buffer.from(right);
    block[index] = value;
    return block;
  };
  const garbage = Buffer.alloc(100, 0x42);
  it.each([
    [
      "garbage after the digest (Bleichenbacher 2006)",
      Buffer.concat([
        Buffer.of(0, 1, 255, 255, 255, 255, 255, 255, 255, 255, 0),
        info,
        digest,
        Buffer.alloc(length - 11 - 51, 0x42),
      ]),
    ],
    ["garbage within the padding", pkcs1Block(Buffer.concat([garbage, Buffer.of(0), info, digest]))],
    ["a changed padding byte", with1(20, 0xfe)],
    ["another block type", with1(1, 2)],
    ["no zero before DigestInfo", with1(length - 52, 0xff)],
    [
      "the algorithm's NULL left out",
      pkcs1Block(Buffer.concat([Buffer.from("302f300b0609608648016503040201042" + "0", "hex"), digest])),
    ],
    [
      "a length in two bytes (BER)",
      pkcs1Block(Buffer.concat([Buffer.from("308131300d060960864801650304020105000420", "hex"), digest])),
    ],
    ["the bare digest", pkcs1Block(digest)],
    [
      "the name of SHA-512/256",
      pkcs1Block(Buffer.concat([Buffer.from("3031300d060960864801650304020605000420", "hex"), digest])),
    ],
    ["no padding at all", Buffer.concat([Buffer.alloc(length - 51), info, digest])],
  ])("so %s is refused", (_what, block) => {
    expect(block.length).toBe(length);
    expect(rsaVerifies(pair.publicKey, signBlock(block), digest)).toBe(false);
  });
});

describe("PSS (RFC 8017 § 9.1.2)", () => {
  const sha256 = (...parts: Buffer[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
  const mgf1 = (seed: Buffer, bytes: number) =>
    Buffer.concat(
      Array.from({ length: Math.ceil(bytes / 32) }, (_, index) => sha256(seed, Buffer.of(0, 0, 0, index))),
      bytes,
    );

  /** Encodes by the book (§ 9.1.1), except for what is asked to be wrong. */
  function block({ zeros = 8, one = 1, gap = 0, trailer = 0xbc, topBit = 0, usedBits = 0x7f, salted = 7 }): Buffer {
    const salt = Buffer.alloc(20, salted);
    const hash = sha256(Buffer.alloc(zeros), digest, salt);
    const data = Buffer.concat([Buffer.alloc(length - 33 - 21), Buffer.of(one), salt]);
    data[10] = gap;
    const mask = mgf1(hash, data.length);
    const masked = Buffer.from(data.map((byte, index) => byte ^ mask[index]!));
    masked[0] = (masked[0]! & usedBits) | topBit;
    return Buffer.concat([masked, hash, Buffer.of(trailer)]);
  }

  it("is accepted when it's by the book", () => {
    expect(rsaVerifies(pair.publicKey, signBlock(block({})), digest)).toBe(true);
  });

  it.each([
    ["another trailer", { trailer: 0xcc }],
    ["no 01 before the salt", { one: 2 }],
    ["something within the zeros before it", { gap: 3 }],
    ["another padding before the digest", { zeros: 7 }],
  ])("is refused with %s", (_what, wrong) => {
    expect(rsaVerifies(pair.publicKey, signBlock(block(wrong)), digest)).toBe(false);
  });

  /** Only a block below the modulus can be signed: tries salts until one is. */
  function signable(key: KeyObject, make: (salted: number) => Buffer): Buffer {
    const modulus = Buffer.from(createPublicKey(key).export({ format: "jwk" }).n!, "base64url");
    const blocks = Array.from({ length: 256 }, (_, salted) => make(salted));
    return signBlock(blocks.find((candidate) => Buffer.compare(candidate, modulus) < 0)!, key);
  }

  it("is refused with the bit above the encoding set", () => {
    const signature = signable(pair.privateKey, (salted) => block({ topBit: 0x80, salted }));
    expect(rsaVerifies(pair.publicKey, signature, digest)).toBe(false);
  });

  it("is refused with the byte above the encoding set, which a modulus of 2049 bits has", () => {
    const key = privateKeyOfBits(2049);
    const under = (first: number) => (salted: number) =>
      Buffer.concat([Buffer.of(first), block({ usedBits: 0xff, salted })]);
    expect(rsaVerifies(createPublicKey(key), signable(key, under(0)), digest)).toBe(true);
    expect(rsaVerifies(createPublicKey(key), signable(key, under(1)), digest)).toBe(false);
  });

  it.each([
    ["SHA-512", { hash: "sha512", mgf: "sha512" }],
    ["SHA-1", { hash: "sha1", mgf: "sha1" }],
  ])("is refused with %s in place of SHA-256", (_what, { hash }) => {
    const signature = sign(hash, message, { key: pair.privateKey, ...pss(20) });
    expect(rsaVerifies(pair.publicKey, signature, digest)).toBe(false);
    expect(rsaVerifies(pair.publicKey, sign(hash, message, pair.privateKey), digest)).toBe(false);
  });
});

describe.each([2048, 2049, 2050, 2055, 2056, 2057])("a modulus of %i bits", (bits) => {
  const privateKey = privateKeyOfBits(bits);
  const publicKey = createPublicKey(privateKey);
  const bytes = Math.ceil(bits / 8);
  const maxSalt = Math.ceil((bits - 1) / 8) - 32 - 2;

  it("is what was asked for", () => {
    expect(publicKey.asymmetricKeyDetails?.modulusLength).toBe(bits);
  });

  it("verifies v1.5 and PSS with salts of every length", () => {
    expect(rsaVerifies(publicKey, sign("sha256", message, privateKey), digest)).toBe(true);
    for (const saltLength of [0, 1, 20, 32, 64, maxSalt - 1, maxSalt]) {
      const signature = sign("sha256", message, { key: privateKey, ...pss(saltLength) });
      expect(rsaVerifies(publicKey, signature, digest)).toBe(true);
      expect(rsaVerifies(publicKey, signature, createHash("sha256").update("other").digest())).toBe(false);
    }
  });

  it("says of any number what node:crypto says", () => {
    const good = [sign("sha256", message, privateKey), sign("sha256", message, { key: privateKey, ...pss(32) })];
    fc.assert(
      fc.property(fc.constantFrom(...good), fc.nat(8 * bytes - 1), (signature, bit) => {
        const changed = Buffer.from(signature);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        const byNode =
          verify("sha256", message, publicKey, changed) ||
          verify("sha256", message, { key: publicKey, ...pss(constants.RSA_PSS_SALTLEN_AUTO) }, changed);
        expect(rsaVerifies(publicKey, changed, digest)).toBe(byNode);
        expect(byNode).toBe(false);
      }),
    );
  });

  it("refuses the signature plus the modulus, which is the same number to careless arithmetic", () => {
    const n = BigInt(`0x${Buffer.from(publicKey.export({ format: "jwk" }).n!, "base64url").toString("hex")}`);
    for (let tries = 0; tries < 200; tries++) {
      const signature = sign("sha256", message, { key: privateKey, ...pss(32) });
      const sum = (BigInt(`0x${signature.toString("hex")}`) + n).toString(16);
      if (sum.length > 2 * bytes) continue;
      expect(rsaVerifies(publicKey, Buffer.from(sum.padStart(2 * bytes, "0"), "hex"), digest)).toBe(false);
      return;
    }
  });
});
