import { verifiedStates } from "@open-peridio/contract";
import { contentKeyOf } from "../binaries/shared-content.ts";
import type { Config } from "../config.ts";
import { canFrame, maxFramedSize } from "../content/frames.ts";
import type { ContentStore } from "../content/store.ts";
import { startLeasedRounds } from "../database/rounds.ts";
import type { BinaryRow } from "../database/tables.ts";
import type { Origin } from "../delivery/origins/origin.ts";
import type { Platform } from "../platform.ts";
import { compressContent, type Needs } from "./compress-content.ts";

/** Milliseconds between two looks for content that nobody has looked at. */
const lookEvery = 5_000;
/** Records that are read at once. */
const batch = 100;
/** Milliseconds before one that failed is tried again, and so many of those are remembered. */
const retryAfter = 3_600_000;
const maxResting = 1_000;
/** Bytes below which it isn't worth a look. */
const smallest = 4_096;

/** Compresses verified content in the background, one at a time among all replicas. */
export type Compressing = ReturnType<typeof startCompressing>;

/** @throws Error where others than this server send what is stored, or Node can't */
export function requireCompressible(config: Config, own: ContentStore, origins: readonly Origin[]): void {
  if (config.compressAtRest === 0) return;
  const fail = (why: string) => new Error(`PERIDIO_COMPRESS_AT_REST must be 0 ${why}`);
  if (!canFrame) throw fail(`on Node ${process.version}: it needs 22.15 or newer`);
  if (config.accelPath !== "") throw fail("with PERIDIO_ACCEL_PATH: nginx can't decode");
  if (own.kind === "objects" && config.downloads === "redirect") {
    throw fail("unless PERIDIO_DOWNLOADS is stream: devices that fetch from the store can't decode");
  }
  const other = origins.find(({ passesBy }) => passesBy);
  if (other) throw fail(`with the origin '${other.name}' in PERIDIO_ORIGINS, which can't decode`);
}

export function startCompressing(platform: Needs & Pick<Platform, "log" | "leases" | "discarded">) {
  const { db, log, config } = platform;
  /** Contents that could not be compressed, and when that is tried again. */
  const resting = new Map<string, number>();

  /** Each content that nobody has looked at, once a round. */
  async function round(signal: AbortSignal): Promise<void> {
    for (let last = ["", ""] as [string, string]; ; ) {
      const rows = await db
        .selectFrom("binaries")
        .selectAll()
        .where("content_file", "is not", null)
        .where("content_coding", "is", null)
        .where("store_id", "is", null)
        .where("state", "in", verifiedStates)
        .where("quarantine", "is", null)
        .where("archive_class", "is", null)
        .where("size", ">=", smallest)
        .where("size", "<=", maxFramedSize)
        .where(({ eb, refTuple, tuple }) => eb(refTuple("organization_id", "id"), ">", tuple(...last)))
        .orderBy("organization_id")
        .orderBy("id")
        .limit(batch)
        .execute();
      const seen = new Set<string>();
      for (const row of rows) {
        if (signal.aborted) return;
        // Those that share it were changed with the first.
        const key = contentKeyOf(row);
        if (!seen.has(key)) await look(row, key, signal);
        seen.add(key);
      }
      if (rows.length < batch) return;
      const { organization_id, id } = rows.at(-1)!;
      last = [organization_id, id];
    }
  }

  async function look(row: BinaryRow, key: string, signal: AbortSignal): Promise<void> {
    if ((resting.get(key) ?? 0) > performance.now()) return;
    try {
      if (await compressContent(platform, row, signal)) platform.discarded.remove();
    } catch (error) {
      if (signal.aborted) return;
      if (resting.size >= maxResting) resting.clear();
      resting.set(key, performance.now() + retryAfter);
      log.warn({ err: error, binary: row.id }, "a content could not be compressed; it stays as it is");
    }
  }

  const every = config.compressAtRest === 0 ? 0 : lookEvery;
  const failed = "content that could be compressed can't be read";
  return startLeasedRounds(platform, { lease: "compress content", every, failed }, round);
}
