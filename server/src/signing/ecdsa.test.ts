import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { p256, p384, p521 } from "@noble/curves/nist.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ecdsaVerifies } from "./ecdsa.ts";

const message = Buffer.from("firmware image");
const digest = createHash("sha256").update(message).digest();
const spkiOf = (key: KeyObject) => key.export({ format: "der", type: "spki" });

function derInteger(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = first < 0 ? Buffer.of(0) : bytes.subarray(first);
  const positive = short[0]! & 0x80 ? Buffer.concat([Buffer.of(0), short]) : short;
  return Buffer.concat([Buffer.of(2, positive.length), positive]);
}

function der(r: Buffer, s: Buffer): Buffer {
  const body = Buffer.concat([derInteger(r), derInteger(s)]);
  const length = body.length < 128 ? Buffer.of(body.length) : Buffer.of(0x81, body.length);
  return Buffer.concat([Buffer.of(0x30), length, body]);
}

function bigEndian(value: bigint, bytes: number): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * bytes, "0"), "hex");
}

const toBigInt = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);

describe.each([
  { algorithm: "ecdsa-p256", namedCurve: "P-256", curve: p256, bytes: 32 },
  { algorithm: "ecdsa-p384", namedCurve: "P-384", curve: p384, bytes: 48 },
  { algorithm: "ecdsa-p521", namedCurve: "P-521", curve: p521, bytes: 66 },
] as const)("$algorithm", ({ algorithm, namedCurve, curve, bytes }) => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve });
  const spki = spkiOf(publicKey);
  const order = curve.Point.Fn.ORDER;
  const raw = sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" });
  const [r, s] = [raw.subarray(0, bytes), raw.subarray(bytes)];
  const verifies = (signature: Buffer, over = digest) => ecdsaVerifies(algorithm, spki, signature, over);

  it("takes DER and r ‖ s", () => {
    expect(raw.length).toBe(2 * bytes);
    expect(verifies(raw)).toBe(true);
    expect(verifies(der(r, s))).toBe(true);
    expect(verifies(sign("sha256", message, privateKey))).toBe(true);
  });

  it("takes s and its negative alike, as OpenSSL does", () => {
    const negative = bigEndian(order - toBigInt(s), bytes);
    expect(verify("sha256", message, publicKey, der(r, negative))).toBe(true);
    expect(verifies(der(r, negative))).toBe(true);
    expect(verifies(Buffer.concat([r, negative]))).toBe(true);
  });

  it("refuses numbers out of range", () => {
    const zero = Buffer.alloc(bytes);
    const n = bigEndian(order, bytes);
    for (const [a, b] of [
      [zero, s],
      [r, zero],
      [zero, zero],
      [n, s],
      [r, n],
      [s, r],
    ] as const) {
      expect(verifies(Buffer.concat([a, b]))).toBe(false);
      expect(verifies(der(a, b))).toBe(false);
    }
  });

  it("refuses BER that isn't DER, and negative numbers", () => {
    const good = der(r, s);
    const head = good[1] === 0x81 ? 3 : 2;
    const body = good.subarray(head);
    const padded = Buffer.concat([Buffer.of(2, r.length + 2, 0, 0), r]);
    const withBody = (changed: Buffer) =>
      Buffer.concat([
        Buffer.of(0x30),
        changed.length < 128 ? Buffer.of(changed.length) : Buffer.of(0x81, changed.length),
        changed,
      ]);
    const malformed = [
      Buffer.concat([good, Buffer.of(0)]),
      Buffer.concat([Buffer.of(0x30, 0x82, 0, body.length), body]),
      Buffer.concat([Buffer.of(0x30, 0x80), body, Buffer.of(0, 0)]),
      withBody(Buffer.concat([padded, derInteger(s)])),
      withBody(Buffer.concat([body, derInteger(Buffer.of(1))])),
      Buffer.concat([Buffer.of(0x31), good.subarray(1)]),
    ];
    for (const bytes of malformed) {
      expect(verifies(bytes)).toBe(false);
      expect(verify("sha256", message, publicKey, bytes)).toBe(false);
    }
  });

  it("refuses any flipped bit, as node:crypto does", () => {
    fc.assert(
      fc.property(fc.constantFrom("der", "ieee-p1363"), fc.nat(), (dsaEncoding, anyBit) => {
        const signature = sign("sha256", message, { key: privateKey, dsaEncoding });
        const bit = anyBit % (8 * signature.length);
        signature[bit >> 3]! ^= 1 << (bit & 7);
        expect(verifies(signature)).toBe(false);
        expect(verify("sha256", message, { key: publicKey, dsaEncoding }, signature)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it("refuses another digest, and the digest of the digest", () => {
    expect(verifies(raw, createHash("sha256").update("other").digest())).toBe(false);
    expect(verifies(sign("sha256", digest, privateKey))).toBe(false);
    expect(verifies(sign("sha512", message, privateKey))).toBe(false);
  });
});

it("a DER signature as short as r ‖ s is still read as DER", () => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  // With the nonce 1, r is the base point's x, and any s of 26 bytes is right for the digest s − r·d.
  const order = p256.Point.Fn.ORDER;
  const d = toBigInt(Buffer.from(privateKey.export({ format: "jwk" }).d!, "base64url"));
  const r = p256.Point.BASE.x;
  const s = 0x1234n << 192n;
  const claimed = bigEndian((((s - r * d) % order) + order) % order, 32);
  const signature = der(bigEndian(r, 32), bigEndian(s, 32));
  expect(signature.length).toBe(64);
  expect(ecdsaVerifies("ecdsa-p256", spkiOf(publicKey), signature, claimed)).toBe(true);
  expect(ecdsaVerifies("ecdsa-p256", spkiOf(publicKey), signature, digest)).toBe(false);
});
