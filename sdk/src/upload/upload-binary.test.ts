import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { createClient } from "../client.ts";
import { nodeTransport } from "../node/transport.ts";
import type { Patience } from "../retry.ts";
import { blobSource } from "../source.ts";
import { type StandIn, sha256, standInPrn, startStandIn } from "../stand-in.fixture.ts";
import { type UploadOptions, uploadBinary } from "./upload-binary.ts";

const partSize = 5_242_880;
/** Two whole parts and a shorter one. */
const content = randomBytes(12_000_000);
const hash = sha256(content);

let standIn: StandIn;
beforeEach(async () => {
  standIn = await startStandIn({ hash, size: content.length });
  return () => standIn.close();
});

function upload(options: Partial<UploadOptions> = {}, patience: Patience = { total: 10_000 }) {
  const client = createClient({ baseUrl: standIn.url, apiKey: "key", transport: nodeTransport(), patience });
  const source = blobSource(new Blob([content]));
  return uploadBinary(client, { binaryPrn: standInPrn, source, direct: false, ...options });
}

function requests(start: string): string[] {
  return standIn.seen.filter((line) => line.startsWith(start));
}

describe("in parts", () => {
  it("brings every byte, and waits until they are verified", async () => {
    expect((await upload()).state).toBe("signable");
    expect(sha256(standIn.content)).toBe(hash);
    expect([...standIn.parts.values()].map(({ size }) => size).sort()).toEqual([1_514_240, partSize, partSize]);
  });

  it("works through fetch as a browser has it", async () => {
    const client = createClient({ baseUrl: standIn.url, apiKey: "key" });
    const source = blobSource(new Blob([content]));
    expect((await uploadBinary(client, { binaryPrn: standInPrn, source, direct: false })).state).toBe("signable");
    expect(sha256(standIn.content)).toBe(hash);
  });

  it("has no more parts on their way than it may", async () => {
    await upload({ concurrency: 2 });
    expect(standIn.busiest).toBeLessThanOrEqual(2);
  });

  it("streams parts that are too large to hold", async () => {
    const large = randomBytes(36_000_000);
    Object.assign(standIn.binary, { hash: sha256(large), size: large.length });
    await upload({ source: blobSource(new Blob([large])), partSize: 20_000_000 });
    expect(sha256(standIn.content)).toBe(sha256(large));
    expect(standIn.parts.size).toBe(2);
  });

  it.each([0, 5_242_879, 6_000_000_000])("takes no parts of %i bytes", async (size) => {
    await expect(upload({ partSize: size })).rejects.toThrow("from 5242880 to 5368709120 bytes");
    expect(requests("PUT")).toEqual([]);
  });

  it("tells the progress up to the last byte", async () => {
    const told: number[] = [];
    await upload({ onProgress: ({ acknowledged }) => told.push(acknowledged) });
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(content.length);
  });

  it("gives a record the hash and size that it lacks, with the request that completes it", async () => {
    Object.assign(standIn.binary, { hash: null, size: null });
    await upload();
    expect(standIn.patches).toEqual([{ hash, size: content.length, state: "hashable" }]);
  });
});

describe("resuming", () => {
  const part = (index: number, bytes: Buffer, state = "valid") =>
    standIn.parts.set(index, { index, size: bytes.length, hash: sha256(bytes), state, bytes });

  it("doesn't send what is there", async () => {
    part(1, content.subarray(0, partSize));
    part(3, content.subarray(2 * partSize));
    await upload();
    expect(requests("PUT").sort()).toEqual([`PUT /binaries/${standInPrn}/parts/2`, "PUT /link/2"]);
    expect(sha256(standIn.content)).toBe(hash);
  });

  it("sends again what is there with other bytes, or was never right", async () => {
    part(1, randomBytes(partSize));
    part(2, content.subarray(partSize, 2 * partSize), "invalid_hash");
    await upload();
    expect(requests("PUT /link").sort()).toEqual(["PUT /link/1", "PUT /link/2", "PUT /link/3"]);
    expect(sha256(standIn.content)).toBe(hash);
  });

  it("cuts the file as the interrupted upload did", async () => {
    part(1, content.subarray(0, 6_000_000));
    await upload();
    expect(standIn.parts.size).toBe(2);
    expect(requests("PUT /link")).toEqual(["PUT /link/2"]);
  });

  it("resets parts that were cut otherwise", async () => {
    part(1, content.subarray(0, 6_000_000));
    await upload({ partSize });
    expect(standIn.patches[0]).toEqual({ state: "uploadable" });
    expect(sha256(standIn.content)).toBe(hash);
  });

  it("only waits when the upload was complete", async () => {
    Object.assign(standIn.binary, { state: "hashing" });
    standIn.content = content;
    expect((await upload()).state).toBe("signable");
    expect(requests("PUT")).toEqual([]);
  });

  it("is done when the content is there, and says so when it is another", async () => {
    standIn.binary.state = "signed";
    expect((await upload()).state).toBe("signed");
    const other = randomBytes(content.length);
    await expect(upload({ source: blobSource(new Blob([other])) })).rejects.toThrow(sha256(other));
    expect(requests("PUT")).toEqual([]);
  });
});

describe("when something goes wrong on the way", () => {
  /** Each of these happens once, to the first request that starts so. */
  function once(...accidents: [start: string, what: number | "cut"][]): void {
    standIn.mishap = (method, path) => {
      const at = accidents.findIndex(([start]) => `${method} ${path}`.startsWith(start));
      return at < 0 ? undefined : accidents.splice(at, 1)[0]![1];
    };
  }

  it.each<number | "cut">([
    403,
    404,
    408,
    409,
    429,
    500,
    503,
    "cut",
  ])("a link that answers %s is renewed", async (what) => {
    once(["PUT /link/2", what]);
    expect((await upload()).state).toBe("signable");
    expect(requests(`PUT /binaries/${standInPrn}/parts/2`).length).toBe(2);
  });

  it("every request survives a lost connection", async () => {
    once(["GET", "cut"], [`PUT /binaries/${standInPrn}/parts/1`, "cut"], ["PATCH", "cut"]);
    expect((await upload()).state).toBe("signable");
  });

  it("a server that is away for a while is waited for", async () => {
    let isAway = false;
    const reasons: unknown[] = [];
    standIn.mishap = (_method, path) => {
      if (path !== "/link/2" || isAway) return undefined;
      isAway = true;
      standIn.close();
      setTimeout(() => void standIn.reopen(), 700);
      return "cut";
    };
    expect((await upload({}, { total: 10_000, onRetry: (reason) => reasons.push(reason) })).state).toBe("signable");
    expect(reasons.length).toBeGreaterThan(0);
    expect(sha256(standIn.content)).toBe(hash);
  });

  it("a full disk ends it at once, and the other parts with it", async () => {
    standIn.mishap = (_method, path) => (path.startsWith("/link") ? 507 : undefined);
    await expect(upload({ concurrency: 1 })).rejects.toMatchObject({ status: 507 });
    expect(requests("PUT /link").length).toBe(1);
    expect(requests("PATCH")).toEqual([]);
  });

  it("a refusal of the API itself is not repeated", async () => {
    standIn.mishap = (_method, path) => (path.endsWith("/parts/1") ? 403 : undefined);
    await expect(upload({ concurrency: 1 })).rejects.toMatchObject({ status: 403 });
    expect(requests(`PUT /binaries/${standInPrn}/parts/1`).length).toBe(1);
  });

  it("patience ends", async () => {
    standIn.mishap = (_method, path) => (path.startsWith("/link") ? "cut" : undefined);
    await expect(upload({}, { total: 300 })).rejects.toThrow();
  });

  it("an interrupted upload ends with the reason, and goes on later", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    standIn.mishap = (_method, path) => {
      if (path === "/link/2") controller.abort(reason);
      return undefined;
    };
    await expect(upload({ concurrency: 1, signal: controller.signal })).rejects.toBe(reason);
    expect(requests("PATCH")).toEqual([]);
    const before = requests("PUT /link/1").length;
    expect((await upload()).state).toBe("signable");
    expect(requests("PUT /link/1").length).toBe(before);
  });
});

describe("the wrong file", () => {
  it("is refused by its size before a byte is sent", async () => {
    const source = blobSource(new Blob([content.subarray(1)]));
    await expect(upload({ source })).rejects.toThrow("11999999 bytes, but the binary was declared with 12000000");
    expect(requests("PUT")).toEqual([]);
  });

  it.each([true, false])("is refused by its hash before it is called complete (direct: %s)", async (direct) => {
    const other = randomBytes(content.length);
    await expect(upload({ source: blobSource(new Blob([other])), direct })).rejects.toThrow(hash);
    expect(standIn.patches).toEqual([]);
    expect(standIn.content.length).toBe(0);
  });

  it("that the server finds wrong is told with both hashes", async () => {
    const other = randomBytes(content.length);
    standIn.binary.state = "hashing";
    standIn.content = other;
    await expect(upload()).rejects.toThrow(`expected ${hash} (12000000 bytes), the server has ${sha256(other)}`);
  });

  it("can't be brought to a destroyed binary", async () => {
    standIn.binary.state = "destroyed";
    await expect(upload()).rejects.toThrow("destroyed");
  });
});

describe("in one request", () => {
  it("is how less than 100 MB go by default", async () => {
    const client = createClient({ baseUrl: standIn.url, apiKey: "key", transport: nodeTransport() });
    const source = blobSource(new Blob([content]));
    expect((await uploadBinary(client, { binaryPrn: standInPrn, source })).state).toBe("signable");
    expect(requests("PUT")).toEqual([`PUT /binaries/${standInPrn}/content`]);
    expect(sha256(standIn.content)).toBe(hash);
  });

  it("goes an empty file, whatever was asked for", async () => {
    Object.assign(standIn.binary, { hash: null, size: null });
    expect((await upload({ source: blobSource(new Blob([])) })).state).toBe("signable");
    expect(requests("PUT")).toEqual([`PUT /binaries/${standInPrn}/content`]);
  });

  it("tells hash and size first, where the record lacks one", async () => {
    standIn.binary.size = null;
    await upload({ direct: true });
    expect(standIn.patches).toEqual([{ hash, size: content.length }]);
  });

  it("an answer that was lost isn't missed", async () => {
    let lost = false;
    standIn.mishap = (method, path) => {
      if (method !== "PUT" || !path.endsWith("/content") || lost) return undefined;
      lost = true;
      standIn.content = content;
      standIn.binary.state = "signable";
      return "cut";
    };
    expect((await upload({ direct: true })).state).toBe("signable");
    expect(requests("PUT").length).toBe(1);
  });
});
