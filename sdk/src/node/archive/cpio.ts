/**
 * The "newc" form of cpio, as `cpio -H newc` writes it: a header of 110 ASCII characters, the name, the content, each
 * padded to a multiple of four bytes; at the end an entry named `TRAILER!!!`. Sizes have 32 bits.
 */

const magic = "070701";
const headerBytes = 110;
const trailer = "TRAILER!!!";
const maxNameBytes = 4_096;

/** Bytes that one entry can have. */
export const maxEntryBytes = 0xffff_ffff;

const padding = (bytes: number): number => -bytes & 3;

/** What stands before the content of an entry: a plain file that everybody may read. */
export function entryStart(name: string, size: number): Buffer {
  return start(name, size, 0o100644);
}

/** What stands behind the content of an entry. */
export function entryEnd(size: number): Buffer {
  return Buffer.alloc(padding(size));
}

/** What stands behind the last entry. */
export function archiveEnd(): Buffer {
  return start(trailer, 0, 0);
}

function start(name: string, size: number, mode: number): Buffer {
  const bytes = Buffer.from(`${name}\0`);
  // ino, mode, uid, gid, nlink, mtime, filesize, devmajor, devminor, rdevmajor, rdevminor, namesize, check
  const fields = [0, mode, 0, 0, mode === 0 ? 0 : 1, 0, size, 0, 0, 0, 0, bytes.length, 0];
  const header = magic + fields.map((field) => field.toString(16).padStart(8, "0")).join("");
  return Buffer.concat([Buffer.from(header), bytes, Buffer.alloc(padding(headerBytes + bytes.length))]);
}

/** One entry of an archive that is being read. */
export interface Entry {
  name: string;
  size: number;
  /** Its bytes; what of them isn't read is skipped. */
  content: AsyncIterable<Uint8Array>;
}

/**
 * The entries of an archive, one after the other, in as much memory as a piece of the stream takes.
 * @throws Error for what is no such archive, is damaged, or ends early
 */
export async function* readEntries(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Entry> {
  const bytes = bytesOf(stream);
  try {
    for (let number = 1; ; number++) {
      const header = (await bytes.take(headerBytes, `the header of entry ${number}`)).toString("latin1");
      const { size, nameBytes } = readHeader(header, number);
      const named = await bytes.take(nameBytes + padding(headerBytes + nameBytes), `the name of entry ${number}`);
      const name = readName(named.subarray(0, nameBytes), number);
      if (name === trailer) break;
      const portion = { size, left: size, what: `entry ${number}, '${name}'` };
      yield { name, size, content: bytes.pieces(portion) };
      // What wasn't read of it.
      for await (const _ of bytes.pieces(portion));
      await bytes.take(padding(size), portion.what);
    }
    await bytes.requireZeros();
  } finally {
    await bytes.close();
  }
}

function readHeader(header: string, number: number): { size: number; nameBytes: number } {
  if (!header.startsWith(magic) || !/^[0-9a-f]{110}$/i.test(header)) {
    const what = number === 1 ? "it is no cpio archive of the form newc" : `entry ${number} has no header`;
    throw new Error(`the archive can't be read: ${what}; it holds '${printable(header.slice(0, 12))}' there`);
  }
  const field = (index: number) => Number.parseInt(header.slice(6 + index * 8, 14 + index * 8), 16);
  const nameBytes = field(11);
  if (nameBytes < 1 || nameBytes > maxNameBytes) {
    throw new Error(
      `entry ${number} of the archive has a name of ${nameBytes} bytes; 1 to ${maxNameBytes} can be read`,
    );
  }
  return { size: field(6), nameBytes };
}

/** Names are shown and compared, never used as paths; whoever unpacks such an archive otherwise is warned all the same. */
function readName(bytes: Buffer, number: number): string {
  const name = bytes.subarray(0, -1).toString();
  const isText = bytes.at(-1) === 0 && !/\p{Cc}/u.test(name) && Buffer.from(name).equals(bytes.subarray(0, -1));
  if (isText && !/^[/\\]|^[a-z]:[/\\]|(^|[/\\])\.\.([/\\]|$)/i.test(name)) return name;
  const problem = isText ? "which leads out of the folder that it is unpacked in" : "which is no text";
  throw new Error(`entry ${number} of the archive has the name '${printable(name)}', ${problem}; don't trust it`);
}

function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, "?");
}

/** Bytes that belong together, and how many of them weren't taken yet. */
interface Portion {
  size: number;
  left: number;
  /** In words. */
  what: string;
}

/** A stream, taken in whatever portions one likes. */
function bytesOf(stream: AsyncIterable<Uint8Array>) {
  const iterator = stream[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);

  /** The next bytes, at least one and at most so many; null at the end. */
  async function next(most: number): Promise<Uint8Array | null> {
    while (rest.length === 0) {
      const { value, done } = await iterator.next();
      if (done) return null;
      rest = value;
    }
    const piece = rest.subarray(0, most);
    rest = rest.subarray(piece.length);
    return piece;
  }

  async function* pieces(portion: Portion): AsyncGenerator<Uint8Array> {
    while (portion.left > 0) {
      const piece = await next(portion.left);
      if (piece === null) {
        const { left, size, what } = portion;
        throw new Error(`the archive ends early: of ${what}, ${left} of ${size} bytes are missing`);
      }
      portion.left -= piece.length;
      yield piece;
    }
  }

  return {
    pieces,
    async take(size: number, what: string): Promise<Buffer> {
      const taken: Uint8Array[] = [];
      for await (const piece of pieces({ size, left: size, what })) taken.push(piece);
      return Buffer.concat(taken);
    },
    /** Some programs fill up the last block. */
    async requireZeros(): Promise<void> {
      for (let piece = await next(65_536); piece !== null; piece = await next(65_536)) {
        if (piece.some((byte) => byte !== 0)) throw new Error("the archive goes on behind its end; it is damaged");
      }
    },
    async close(): Promise<void> {
      await iterator.return?.();
    },
  };
}
