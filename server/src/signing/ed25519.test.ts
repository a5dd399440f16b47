import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { Readable } from "node:stream";
import { ED25519_TORSION_SUBGROUP, ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ed25519Spki, ed25519VerifiesStream } from "./ed25519.ts";

const { Point } = ed25519;
const pair = generateKeyPairSync("ed25519");
const rawOf = (key: KeyObject) => key.export({ format: "der", type: "spki" }).subarray(-32);
const raw = rawOf(pair.publicKey);

/** In chunks of random lengths, as a store delivers them. */
const messages = fc
  .array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 })
  .map((chunks) => chunks.map((chunk) => Buffer.from(chunk)));

function verifiesStream(key: Buffer, signature: Buffer, chunks: Buffer[]): Promise<boolean> {
  return ed25519VerifiesStream(key, signature, () => Readable.from(chunks));
}

/** The same question to OpenSSL, which wants the message whole. */
function nodeVerifies(rawKey: Buffer, signature: Buffer, chunks: Buffer[]): boolean {
  const key = createPublicKey({ key: ed25519Spki(rawKey), format: "der", type: "spki" });
  return verify(null, Buffer.concat(chunks), key, signature);
}

/** Asks both, wants one answer. */
async function agreed(key: Buffer, signature: Buffer, chunks: Buffer[]): Promise<boolean> {
  const answer = await verifiesStream(key, signature, chunks);
  expect(answer).toBe(nodeVerifies(key, signature, chunks));
  return answer;
}

function littleEndian(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse();
}

function toBigInt(bytes: Buffer): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
}

describe("Ed25519 over a stream says what node:crypto says of the whole message", () => {
  it("for good signatures by many keys", async () => {
    await fc.assert(
      fc.asyncProperty(messages, async (chunks) => {
        const { publicKey, privateKey } = generateKeyPairSync("ed25519");
        expect(await agreed(rawOf(publicKey), sign(null, Buffer.concat(chunks), privateKey), chunks)).toBe(true);
      }),
    );
  });

  it("for any bit flipped in the signature, the message or the key", async () => {
    const flip = (bytes: Buffer, bit: number) => {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      return changed;
    };
    await fc.assert(
      fc.asyncProperty(messages, fc.nat(511), fc.nat(), async (chunks, signatureBit, anyBit) => {
        const message = Buffer.concat([...chunks, Buffer.of(7)]);
        const signature = sign(null, message, pair.privateKey);
        expect(await agreed(raw, flip(signature, signatureBit), [message])).toBe(false);
        expect(await agreed(raw, signature, [flip(message, anyBit % (8 * message.length))])).toBe(false);
        expect(await agreed(flip(raw, anyBit % 256), signature, [message])).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it("for arbitrary bytes as signature", async () => {
    await fc.assert(
      fc.asyncProperty(messages, fc.uint8Array({ minLength: 60, maxLength: 68 }), async (chunks, bytes) => {
        expect(await agreed(raw, Buffer.from(bytes), chunks)).toBe(false);
      }),
    );
  });

  it("for s plus multiples of the group order, which must be refused (RFC 8032 § 5.1.7)", async () => {
    await fc.assert(
      fc.asyncProperty(messages, fc.bigInt(1n, 15n), async (chunks, times) => {
        const signature = sign(null, Buffer.concat(chunks), pair.privateKey);
        const s = toBigInt(signature.subarray(32)) + times * Point.Fn.ORDER;
        if (s >= 2n ** 256n) return;
        expect(await agreed(raw, Buffer.concat([signature.subarray(0, 32), littleEndian(s)]), chunks)).toBe(false);
      }),
    );
  });

  it("for keys with a component of small order, where cofactored verification would say yes to all", async () => {
    const seed = pair.privateKey.export({ format: "der", type: "pkcs8" }).subarray(-32);
    const { scalar, point } = ed25519.utils.getExtendedPublicKey(seed);
    const message = Buffer.from("abc");
    for (const hex of ED25519_TORSION_SUBGROUP) {
      const key = Buffer.from(point.add(Point.fromHex(hex)).toBytes());
      const answers = new Set<boolean>();
      for (let nonce = 1n; nonce <= 64n; nonce++) {
        const signature = signAs(scalar, key, nonce, message);
        answers.add(await agreed(key, signature, [message]));
      }
      expect(answers).toContain(true);
      expect(answers.has(false)).toBe(hex !== neutral.toString("hex"));
    }
  });
});

const neutral = Buffer.from(Point.ZERO.toBytes());

/** What RFC 8032 § 5.1.6 computes, with a key and a nonce of one's choice. */
function signAs(scalar: bigint, key: Buffer, nonce: bigint, message: Buffer): Buffer {
  const r = Buffer.from(Point.BASE.multiplyUnsafe(nonce).toBytes());
  const k = toBigInt(createHash("sha512").update(r).update(key).update(message).digest());
  return Buffer.concat([r, littleEndian((nonce + k * scalar) % Point.Fn.ORDER)]);
}

describe("small order is refused, though the equation may hold", () => {
  const smallOrder = ED25519_TORSION_SUBGROUP.map((hex) => Buffer.from(hex, "hex"));

  it("in the key", async () => {
    for (const key of smallOrder) {
      for (let nonce = 1n; nonce <= 32n; nonce++) {
        expect(await verifiesStream(key, signAs(0n, key, nonce, Buffer.of(1)), [Buffer.of(1)])).toBe(false);
      }
    }
  });

  it("in R", async () => {
    const seed = pair.privateKey.export({ format: "der", type: "pkcs8" }).subarray(-32);
    const { scalar } = ed25519.utils.getExtendedPublicKey(seed);
    expect(await agreed(raw, signAs(scalar, raw, 5n, Buffer.of(1)), [Buffer.of(1)])).toBe(true);
    expect(await verifiesStream(raw, signAs(scalar, raw, 0n, Buffer.of(1)), [Buffer.of(1)])).toBe(false);
    for (const key of smallOrder) {
      for (const r of smallOrder) {
        expect(await verifiesStream(key, Buffer.concat([r, Buffer.alloc(32)]), [Buffer.of(1)])).toBe(false);
      }
    }
  });
});

describe("the stream", () => {
  it("isn't opened for a signature that can't be valid", async () => {
    const opened = () => {
      throw new Error("opened");
    };
    const r = sign(null, Buffer.of(1), pair.privateKey).subarray(0, 32);
    expect(await ed25519VerifiesStream(raw, Buffer.alloc(63), opened)).toBe(false);
    expect(await ed25519VerifiesStream(raw, Buffer.concat([r, Buffer.alloc(32, 0xff)]), opened)).toBe(false);
    expect(await ed25519VerifiesStream(raw, Buffer.concat([r, littleEndian(Point.Fn.ORDER)]), opened)).toBe(false);
  });

  it("that breaks off is an error, not an answer", async () => {
    const signature = sign(null, Buffer.from("abc"), pair.privateKey);
    const broken = () =>
      Readable.from(
        (function* () {
          yield Buffer.from("abc");
          throw new Error("the disk is gone");
        })(),
      );
    await expect(ed25519VerifiesStream(raw, signature, broken)).rejects.toThrow("the disk is gone");
  });
});
