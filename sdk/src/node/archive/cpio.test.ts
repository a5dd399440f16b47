import fc from "fast-check";
import { expect, it } from "vitest";
import { archiveEnd, entryEnd, entryStart, readEntries } from "./cpio.ts";

interface Plain {
  name: string;
  content: Uint8Array;
}

function pack(entries: readonly Plain[]): Buffer {
  const pieces = entries.flatMap(({ name, content }) => [
    entryStart(name, content.length),
    content,
    entryEnd(content.length),
  ]);
  return Buffer.concat([...pieces, archiveEnd()]);
}

/** The bytes in pieces of these sizes, over and over. */
async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function unpack(stream: AsyncIterable<Uint8Array>): Promise<Plain[]> {
  const entries: Plain[] = [];
  for await (const { name, size, content } of readEntries(stream)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of content) pieces.push(piece);
    expect(Buffer.concat(pieces)).toHaveLength(size);
    entries.push({ name, content: new Uint8Array(Buffer.concat(pieces)) });
  }
  return entries;
}

const name = fc.stringMatching(/^[a-zäöü0-9 _-]{1,40}$/u);
const content = fc.uint8Array({ maxLength: 300 });
const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 });

it("reads what it writes, in whatever pieces it comes", async () => {
  const entries = fc.array(fc.record({ name, content }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(entries, sizes, async (entries, sizes) => {
      expect(await unpack(inPieces(pack(entries), sizes))).toEqual(
        entries.map(({ name, content }) => ({ name, content: new Uint8Array(content) })),
      );
    }),
  );
});

it("never takes an archive that was cut off for a whole one", async () => {
  const bytes = pack([
    { name: "a", content: Buffer.from("some bytes") },
    { name: "b", content: Buffer.alloc(0) },
  ]);
  for (let length = 0; length < bytes.length; length++) {
    await expect(unpack(inPieces(bytes.subarray(0, length), [7])), String(length)).rejects.toThrow("ends early");
  }
});

it("skips what of an entry isn't read", async () => {
  const names: string[] = [];
  const bytes = pack(["a", "b", "c"].map((name) => ({ name, content: Buffer.alloc(1_001) })));
  for await (const entry of readEntries(inPieces(bytes, [64]))) {
    names.push(entry.name);
    if (entry.name === "b") for await (const _ of entry.content) break;
  }
  expect(names).toEqual(["a", "b", "c"]);
});

it("lets go of the stream when nobody reads on", async () => {
  let isClosed = false;
  async function* stream() {
    try {
      yield pack([{ name: "a", content: Buffer.alloc(10) }]);
      yield Buffer.alloc(1_000_000);
    } finally {
      isClosed = true;
    }
  }
  for await (const _ of readEntries(stream())) break;
  expect(isClosed).toBe(true);
});

it("writes sizes of 32 bits", () => {
  expect(entryStart("a", 0xffff_ffff).toString("latin1", 54, 62)).toBe("ffffffff");
});

it.each([
  [Buffer.from("070702".padEnd(200, "0")), "it is no cpio archive of the form newc; it holds '070702000000' there"],
  [Buffer.from(`070701${"0".repeat(104)}`), "entry 1 of the archive has a name of 0 bytes; 1 to 4096 can be read"],
  [
    Buffer.from(`070701${"0".repeat(88)}ffffffff00000000`),
    "entry 1 of the archive has a name of 4294967295 bytes; 1 to 4096 can be read",
  ],
  [
    Buffer.concat([pack([{ name: "a", content: Buffer.alloc(4) }]).subarray(0, 116), Buffer.alloc(200, "x")]),
    "entry 2 has no header; it holds 'xxxxxxxxxxxx' there",
  ],
  [
    Buffer.concat([Buffer.from(`070701${"0".repeat(88)}0000000200000000`), Buffer.from([0xff, 0, 0, 0])]),
    "entry 1 of the archive has the name '?', which is no text; don't trust it",
  ],
])("says what is wrong with bytes %#", async (bytes, words) => {
  await expect(unpack(inPieces(bytes, [50]))).rejects.toThrow(words);
});
