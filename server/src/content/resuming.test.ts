import { describe, expect, it } from "vitest";
import { type OpenBytes, resuming } from "./resuming.ts";

const content = Buffer.from(Array.from({ length: 1_000 }, (_, at) => at % 251));
const quick = { silence: 100, pause: 1, attempts: 3 };

async function read(open: OpenBytes, start = 0, end = content.length - 1): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of resuming(open, start, end, quick)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Gives `most` bytes a time, and then does what it likes. */
function giving(most: number, then: () => Promise<void>) {
  const asked: [number, number][] = [];
  const open: OpenBytes = async (start, end) => {
    asked.push([start, end]);
    return (async function* () {
      yield content.subarray(start, Math.min(end + 1, start + most));
      if (end + 1 > start + most) await then();
    })();
  };
  return { open, asked };
}

describe("a read of something remote", () => {
  it("that breaks off goes on at the byte that was missing", async () => {
    const { open, asked } = giving(400, async () => {
      throw new Error("cut");
    });
    expect(await read(open, 10)).toEqual(content.subarray(10));
    expect(asked).toEqual([
      [10, 999],
      [410, 999],
      [810, 999],
    ]);
  });

  it("that ends early goes on, too", async () => {
    expect(await read(giving(400, async () => {}).open)).toEqual(content);
  });

  it("that falls silent is given up, and goes on", async () => {
    expect(await read(giving(400, () => new Promise(() => {})).open)).toEqual(content);
  });

  it("that never opens is given up after some attempts", async () => {
    let opened = 0;
    const open: OpenBytes = () => {
      opened++;
      return new Promise(() => {});
    };
    await expect(read(open)).rejects.toThrow("the content store was silent for 100 ms");
    expect(opened).toBe(3);
  });

  it.each([404, 403])("isn't begun again after a %i", async (status) => {
    let opened = 0;
    const open: OpenBytes = async () => {
      opened++;
      throw Object.assign(new Error("no"), { $metadata: { httpStatusCode: status } });
    };
    await expect(read(open)).rejects.toThrow("no");
    expect(opened).toBe(1);
  });
});
