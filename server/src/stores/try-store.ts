import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { StoreTest, StoreTestStep } from "@open-peridio/contract";
import { partsFile } from "../content/filesystem.ts";
import { type ObjectStoreSettings, openObjectStore } from "../content/open.ts";
import type { ContentPlace } from "../content/place.ts";
import { type ObjectPart, type ObjectStore, type PartToSend, UploadGone } from "../content/store.ts";
import { exchange } from "./exchange.ts";
import { hintFor, wordsOf } from "./explain.ts";

/** Two parts: the smallest that may be followed by another, and a rest. */
const sizes = [5_242_880, 65_536];
/** Seconds that the test's links live. */
const lives = 300;
/** Seconds without an answer after which a request is repeated: a test has somebody waiting. */
const patience = 10;

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** Returns a text that says why there is nothing to do; anything else when it was done. */
type Work = () => Promise<unknown>;

/**
 * Does with a store all that will be done with it, by an object of its own, and says how each step went; the first that fails
 * ends it. What it made is removed, as far as that works.
 */
export async function tryStore(read: ObjectStoreSettings, organizationId: string, at: string): Promise<StoreTest> {
  const settings = { ...read.settings, timeout: Math.min(read.settings.timeout, patience) };
  const store = await openObjectStore({ ...read, settings } as ObjectStoreSettings);
  const steps: StoreTest["steps"] = [];
  let failed = false;
  for (const [step, work] of Object.entries(stepsOf(store, read, organizationId)) as [StoreTestStep, Work][]) {
    if (failed && step !== "delete") {
      steps.push({ step, outcome: "skipped", duration_ms: 0, detail: "an earlier step failed", hint: null });
      continue;
    }
    const began = performance.now();
    const done = (outcome: "passed" | "failed" | "skipped", detail: string | null, hint: string | null = null) =>
      steps.push({ step, outcome, duration_ms: Math.round(performance.now() - began), detail, hint });
    try {
      const reason = await work();
      if (typeof reason === "string") done("skipped", reason);
      else done("passed", null);
    } catch (error) {
      failed = true;
      done("failed", wordsOf(error), hintFor(step, error));
    }
  }
  store.close();
  return { passed: !failed, at, steps };
}

function stepsOf(
  store: ObjectStore,
  { protocol, settings }: ObjectStoreSettings,
  organizationId: string,
): Record<StoreTestStep, Work> {
  const place = newPlace(organizationId);
  const other = newPlace(organizationId);
  const pieces = sizes.map((size) => randomBytes(size));
  const whole = Buffer.concat(pieces);
  const parts = pieces.map((piece, at): PartToSend => ({ index: at + 1, size: piece.length, hash: sha256(piece) }));
  const checks = protocol === "s3" && settings.checksums;
  const ask = (url: string, request: Parameters<typeof exchange>[1]) => exchange(url, request, !settings.publicOnly);
  let upload = "";
  let arrived: ObjectPart[] = [];

  /** As clients do. */
  async function put(part: PartToSend, body: Buffer): Promise<{ status: number; body: Buffer }> {
    const headers = {
      "content-type": "application/octet-stream",
      "x-amz-checksum-sha256": Buffer.from(part.hash, "hex").toString("base64"),
    };
    return ask(await store.partLink(place, upload, part, lives), { method: "PUT", headers, body });
  }

  return {
    async assume_role() {
      if (protocol !== "s3" || settings.role === null) return "it is reached by a key";
      await (await import("../content/s3/role.ts")).checkRole(settings);
    },

    async reach() {
      await store.check();
    },

    async begin_upload() {
      upload = await store.beginUpload(place);
    },

    async refuse_wrong_bytes() {
      if (!checks) return "it checks no SHA-256 of parts; a wrong part shows in the hash of the whole";
      const { status } = await put(parts[1]!, randomBytes(sizes[1]!));
      if (status < 400)
        throw new Error(`it took bytes with another SHA-256 than was signed into their link (${status})`);
    },

    async upload_part() {
      for (const [at, piece] of pieces.entries()) expectGood(await put(parts[at]!, piece));
    },

    async list_parts() {
      arrived = await store.listParts(place, upload);
      const same = ({ index, size, hash }: PartToSend, part: ObjectPart | undefined) =>
        part?.index === index && part.size === size && (part.hash === null || part.hash === hash);
      if (arrived.length === parts.length && parts.every((part, at) => same(part, arrived[at]))) return;
      const listed = arrived.map(({ index, size }) => `${index} (${size} bytes)`).join(", ") || "none";
      throw new Error(`parts 1 (${sizes[0]} bytes), 2 (${sizes[1]} bytes) were sent; it lists ${listed}`);
    },

    async complete_upload() {
      await store.completeUpload(place, upload, arrived);
    },

    async read_size() {
      const size = await store.sizeOf(place, partsFile);
      if (size !== whole.length) throw new Error(`the object has ${size} bytes, not ${whole.length}`);
    },

    async read_range() {
      const [start, end] = [sizes[0]! - 100, sizes[0]! + 99];
      const chunks: Buffer[] = [];
      for await (const chunk of store.chunks(place, partsFile, start, end)) chunks.push(Buffer.from(chunk));
      if (!Buffer.concat(chunks).equals(whole.subarray(start, end + 1))) throw new Error("the range has other bytes");
    },

    async download() {
      const { url } = await store.downloadLink(place, partsFile, "test.bin", lives);
      const answer = await ask(url, { method: "GET" });
      expectGood(answer);
      if (!answer.body.equals(whole)) throw new Error(`the link gave ${answer.body.length} bytes, which are others`);
    },

    async refuse_strangers() {
      const { url } = await store.downloadLink(place, partsFile, "test.bin", lives);
      const { status } = await ask(url.split("?")[0]!, { method: "GET" });
      if (status < 400) throw new Error(`it answers ${status} to whoever asks, without a signed link`);
    },

    async abort_upload() {
      const begun = await store.beginUpload(other);
      await store.remove(other);
      const left = await store.listParts(other, begun).catch((error: unknown) => {
        if (error instanceof UploadGone) return [];
        throw error;
      });
      if (left.length > 0) throw new Error(`it still lists ${left.length} parts of an upload that was ended`);
    },

    async delete() {
      if (upload === "") return "there is nothing to delete";
      await store.remove(place);
      if ((await store.sizeOf(place, partsFile)) !== null) throw new Error("the object is still there");
    },
  };
}

function newPlace(organizationId: string): ContentPlace {
  return { organizationId, binaryId: `test-${randomUUID()}`, revision: 0 };
}

function expectGood({ status, body }: { status: number; body: Buffer }): void {
  if (status >= 200 && status < 300) return;
  const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body.toString())?.[1] ?? "";
  // Not the whole body: stores repeat there what was signed.
  throw new Error([`it answered ${status}`, field("Code"), field("Message").split("\n")[0]].filter(Boolean).join(" "));
}
