import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/*
 * AES-256-GCM by the mebibyte: each file has a key of its own, derived from a salt at its beginning, and each chunk a nonce of
 * its number and whether it is the last. Nothing can be cut off, swapped or added without being noticed.
 */

const chunkBytes = 1_048_576;
const saltBytes = 32;
const tagBytes = 16;

/** Bytes that so many have once they are sealed. */
export function sealedSize(size: number): number {
  return saltBytes + size + tagBytes * Math.max(1, Math.ceil(size / chunkBytes));
}

const keyFor = (key: Buffer, salt: Buffer) => Buffer.from(hkdfSync("sha256", key, salt, "open-peridio backup", 32));

function nonce(index: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(index, 4);
  bytes[11] = isLast ? 1 : 0;
  return bytes;
}

/** Pieces of exactly so many bytes, but the last, and whether it is the last; one empty piece of nothing. */
async function* pieces(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ bytes: Buffer; isLast: boolean }> {
  let held = Buffer.alloc(0);
  for await (const chunk of source) {
    held = Buffer.concat([held, chunk]);
    // One stays until it is known whether it is the last.
    while (held.length > size) {
      yield { bytes: held.subarray(0, size), isLast: false };
      held = Buffer.from(held.subarray(size));
    }
  }
  yield { bytes: held, isLast: true };
}

export async function* seal(key: Buffer, source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltBytes);
  yield salt;
  const own = keyFor(key, salt);
  let index = 0;
  for await (const { bytes, isLast } of pieces(source, chunkBytes)) {
    const cipher = createCipheriv("aes-256-gcm", own, nonce(index++, isLast));
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/** @throws Error when it isn't what was sealed under this key */
export async function* unseal(key: Buffer, source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let head = Buffer.alloc(0);
  const iterator = source[Symbol.asyncIterator]();
  while (head.length < saltBytes) {
    const { done, value } = await iterator.next();
    if (done) throw new Error("the backup has a file that is cut off");
    head = Buffer.concat([head, value]);
  }
  const own = keyFor(key, head.subarray(0, saltBytes));
  async function* rest() {
    yield head.subarray(saltBytes);
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  let index = 0;
  for await (const { bytes, isLast } of pieces(rest(), chunkBytes + tagBytes)) {
    try {
      const decipher = createDecipheriv("aes-256-gcm", own, nonce(index++, isLast));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      yield Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]);
    } catch {
      throw new Error("the backup can't be read with this key, or was damaged");
    }
  }
}
